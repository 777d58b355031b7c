package org.dinobench.app.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * A signal of the operating system that the virtual machine hands to us. Java offers this in {@code sun.misc} only,
 * which compilers warn of and OSGi does not export, so it is called by reflection. Without it signals end the process.
 */
final class JvmSignal {
    private final Class<?> type;
    private final Class<?> handlerType;
    private final Object signal;
    private final Object before;

    private JvmSignal(ClassLoader platform, String name, Runnable action) throws ReflectiveOperationException {
        this.type = platform.loadClass("sun.misc.Signal");
        this.handlerType = platform.loadClass("sun.misc.SignalHandler");
        this.signal = type.getConstructor(String.class).newInstance(name);
        this.before = set(Proxy.newProxyInstance(platform, new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "handle":
                    action.run();
                    return null;
                case "equals":
                    return proxy == arguments[0];
                case "hashCode":
                    return System.identityHashCode(proxy);
                default:
                    return "stop signal";
            }
        }));
    }

    private Object set(Object handler) throws ReflectiveOperationException {
        return type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
    }

    /**
     * Has an action done, on a thread of its own, whenever a signal comes.
     *
     * @param name without {@code SIG}
     * @return empty where the system or the virtual machine does not let us
     */
    static Optional<JvmSignal> handle(String name, Runnable action) {
        try {
            return Optional.of(new JvmSignal(ClassLoader.getPlatformClassLoader(), name, action));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty(); // there is no such signal here, or it is used otherwise
            }
            throw new IllegalStateException("Signal " + name, e.getCause());
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // another virtual machine: signals end the process
        }
    }

    /** Gives the signal back to whoever had it before. */
    void restore() {
        try {
            set(before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A signal cannot be given back", e);
        }
    }
}
