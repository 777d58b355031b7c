package org.dinobench.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The lifetime of native memory: every tensor and every other native object that the opening thread makes while the
 * scope is the innermost one is freed when it closes, except what {@link #keep} and {@link #detach} take out. One
 * scope around each training step or batch keeps the process flat; nothing else has to be closed by hand.
 *
 * <p>A scope belongs to the thread that opened it. Scopes nest and are closed in the reverse order.
 */
public final class TensorScope implements AutoCloseable {
    private static final ThreadLocal<TensorScope> INNERMOST = new ThreadLocal<>();

    private final TensorScope outer;
    private final PointerScope pointers;
    private final List<Object> retained = new ArrayList<>(2);
    private NDManager manager;

    private TensorScope(TensorScope outer) {
        this.outer = outer;
        this.pointers = new PointerScope();
    }

    /** Opens a scope in the calling thread. */
    public static TensorScope open() {
        Torch.start();
        TensorScope scope = new TensorScope(INNERMOST.get());
        INNERMOST.set(scope);
        return scope;
    }

    /** The innermost open scope of the calling thread, or null. */
    public static TensorScope current() {
        return INNERMOST.get();
    }

    /**
     * Hands a result to the enclosing scope (JavaCPP's or ours): it outlives this scope and is freed with that one.
     * Without an enclosing scope it lives until it is closed or collected.
     *
     * @return {@code result}
     */
    public <P extends Pointer> P keep(P result) {
        // a scope's detach gives up a reference and frees what has no other
        result.retainReference();
        pointers.detach(result);
        Iterator<PointerScope> scopes = PointerScope.getScopeIterator();
        boolean passedThis = false;
        while (scopes != null && scopes.hasNext()) {
            PointerScope scope = scopes.next();
            if (passedThis) {
                scope.attach(result);
                result.releaseReference();
                return result;
            }
            passedThis = scope == pointers;
        }
        return result;
    }

    /**
     * Takes a long-lived object (a parameter, a buffer of a loss) out of this scope; whoever holds it closes it.
     *
     * @return {@code object}
     */
    public <P extends Pointer> P detach(P object) {
        object.retainReference();
        pointers.detach(object);
        return object;
    }

    /** Keeps a Java object reachable until the scope closes, such as the buffer under a tensor. */
    public void retain(Object object) {
        retained.add(object);
    }

    /** A DJL manager that closes with this scope; made at the first call. */
    public NDManager manager() {
        if (manager == null) {
            manager = Engine.getEngine("PyTorch").newBaseManager();
        }
        return manager;
    }

    @Override
    public void close() {
        if (INNERMOST.get() != this) {
            throw new IllegalStateException("A TensorScope is closed out of order or by another thread");
        }
        INNERMOST.set(outer);
        if (outer == null) {
            INNERMOST.remove();
        }
        try {
            if (manager != null) {
                manager.close();
            }
        } finally {
            pointers.close();
            retained.clear();
        }
    }
}
