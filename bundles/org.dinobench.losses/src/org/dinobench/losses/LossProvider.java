package org.dinobench.losses;

/**
 * An OSGi service that offers one kind of loss. It is stateless: configuration in, {@link LossTerm} out. Dialogs and
 * YAML files are both made from the components of the configuration record.
 *
 * @param <C> the configuration, a record of documented numbers, booleans, texts and enums
 */
public interface LossProvider<C extends Record> {
    /** Short stable name, the key of the loss in a specification, such as {@code koleo}. */
    String id();

    /** A phrase for a person, such as {@code KoLeo: spreads the features of a batch}. */
    String title();

    /** The record class of the configuration. */
    Class<C> configurationType();

    /** The configuration that is used where nothing is said. */
    C defaults();

    /**
     * Makes the loss of a run.
     *
     * @param configuration of type {@link #configurationType()}
     * @param context the run's other facts that a loss may depend on
     * @throws org.dinobench.core.problem.BadInputException when configuration and context contradict each other
     */
    LossTerm create(C configuration, LossContext context);
}
