package org.dinobench.core.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a configuration record means. The same annotation serves reading and writing YAML, the fields of
 * dialogs and {@code --set}. The key in YAML is the component's name in snake case ({@code headNPrototypes} becomes
 * {@code head_n_prototypes}) unless {@link #name()} says otherwise.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** One or two plain sentences for a person; used as help, tool tip and comment. */
    String doc();

    /**
     * The default as it would stand in YAML, for example {@code 0.04}, {@code [0.1, 0.5]} or {@code auto}. Not used for
     * nested records. The empty text is the empty string, an empty list, an empty section, or an unset optional value.
     */
    String def() default "";

    /** The key in YAML where it is not the component's name in snake case. */
    String name() default "";

    /** Smallest allowed number, inclusive; for lists and ranges it holds for every element. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest allowed number, inclusive; for lists and ranges it holds for every element. */
    double max() default Double.POSITIVE_INFINITY;

    /** The unit of a number, such as {@code steps}, {@code pixels} or {@code minutes}; empty when it has none. */
    String unit() default "";

    /** The allowed texts of a string; enumerations bring their own. */
    String[] choices() default {};

    /**
     * Whether {@code auto} may stand for a value that is resolved when the run starts. Such components have an optional
     * type, and empty means {@code auto}.
     */
    boolean auto() default false;
}
