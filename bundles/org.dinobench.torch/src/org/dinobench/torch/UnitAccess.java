package org.dinobench.torch;

/**
 * Told by networks when they begin and cease to use the parameters of a unit in a forward pass. Whoever keeps the
 * values elsewhere between uses, as sharded training does, brings them before and may take them away after.
 */
public interface UnitAccess {
    /** The values are always there. */
    UnitAccess ALWAYS_THERE = new UnitAccess() {
        @Override
        public void enter(ParameterUnit unit) {}

        @Override
        public void leave(ParameterUnit unit) {}
    };

    /** The unit's values are needed from here on. */
    void enter(ParameterUnit unit);

    /** The forward pass has used the unit's values; its backward pass may still need them. */
    void leave(ParameterUnit unit);
}
