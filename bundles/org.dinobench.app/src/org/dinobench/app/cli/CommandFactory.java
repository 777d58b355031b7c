package org.dinobench.app.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/** Makes the command objects, handing the console to those whose constructor asks for it. */
final class CommandFactory implements CommandLine.IFactory {
    private final CommandLine.IFactory others = CommandLine.defaultFactory();
    private final Console console;

    CommandFactory(Console console) {
        this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Console.class) {
                try {
                    return type.cast(constructor.newInstance(console));
                } catch (InvocationTargetException e) {
                    throw new IllegalStateException("cannot make the command " + type.getSimpleName(), e.getCause());
                }
            }
        }
        return others.create(type);
    }
}
