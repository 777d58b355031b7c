package org.dinobench.ui.losses.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dinobench.core.spec.Range;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.losses.LossProvider;
import org.dinobench.ui.losses.Messages;
import org.eclipse.osgi.util.NLS;

/**
 * A loss that another bundle brings, as a part of the configurator: whether it is used, and the keys of its typed
 * configuration. Values live in the section {@code losses} of the spec.
 *
 * @param <C> its configuration
 */
public final class FurtherLoss<C extends Record> {
    private static final String SECTION = "losses."; // $NON-NLS-1$

    private final LossProvider<C> provider;
    private final SpecSchema<C> schema;
    private final SpecReader<C> reader;
    private final SpecKey use;

    /**
     * Reads the configuration's keys.
     *
     * @param provider of the loss
     */
    public FurtherLoss(LossProvider<C> provider) {
        this.provider = provider;
        this.schema = SpecSchema.of(provider.configurationType());
        this.reader = SpecReader.of(provider.configurationType());
        this.use = new SpecKey(
                SECTION + provider.id(),
                "use_this_loss", //$NON-NLS-1$
                SpecKey.Kind.BOOLEAN,
                boolean.class,
                Messages.Further_Use,
                "false", //$NON-NLS-1$
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                "", //$NON-NLS-1$
                List.of(),
                false,
                List.of());
    }

    /** {@return its part of the form} */
    public LossSection section() {
        List<String> paths = new ArrayList<>(List.of(use.path()));
        schema.paths().stream()
                .filter(path -> schema.find(path).orElseThrow().kind() != SpecKey.Kind.SECTION)
                .forEach(path -> paths.add(prefix() + path));
        return new LossSection(provider.title(), NLS.bind(Messages.Further_Text, use.path()), paths);
    }

    /**
     * What is known of a key.
     *
     * @param path as in {@link #section()}
     * @return empty when the key is not one of this loss
     */
    public Optional<SpecKey> key(String path) {
        if (path.equals(use.path())) {
            return Optional.of(use);
        }
        return path.startsWith(prefix())
                ? schema.find(path.substring(prefix().length())).map(key -> at(path, key))
                : Optional.empty();
    }

    private static SpecKey at(String path, SpecKey key) {
        return new SpecKey(
                path,
                key.name(),
                key.kind(),
                key.type(),
                key.doc(),
                key.defaultText(),
                key.min(),
                key.max(),
                key.unit(),
                key.choices(),
                key.auto(),
                key.children());
    }

    private String prefix() {
        return use.path() + "."; // $NON-NLS-1$
    }

    /**
     * A value.
     *
     * @param spec the training spec
     * @param path one of this loss's
     * @return as it stands in YAML
     */
    public String text(TrainSpec spec, String path) {
        return path.equals(use.path())
                ? Boolean.toString(spec.losses().containsKey(provider.id()))
                : schema.text(configuration(spec), path.substring(prefix().length()));
    }

    /**
     * Changes a value; a loss that is given one is switched on.
     *
     * @param spec the training spec
     * @param path one of this loss's
     * @param text as it would stand in YAML
     * @return the changed spec
     * @throws org.dinobench.core.problem.BadInputException when the value cannot be
     */
    public TrainSpec set(TrainSpec spec, String path, String text) {
        Map<String, Object> losses = new LinkedHashMap<>(spec.losses());
        if (path.equals(use.path())) {
            if (Boolean.parseBoolean(text)) {
                losses.putIfAbsent(provider.id(), Map.of());
            } else {
                losses.remove(provider.id());
            }
        } else {
            C before = configuration(spec);
            C after = reader.set(before, path.substring(prefix().length()) + "=" + text); // $NON-NLS-1$
            if (after.equals(before)) {
                return spec;
            }
            losses.put(provider.id(), settings(after));
        }
        return spec.withLosses(losses);
    }

    private C configuration(TrainSpec spec) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (spec.losses().get(provider.id()) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> settings.put(String.valueOf(key), value));
        }
        return reader.readTree(use.path(), settings, provider.defaults());
    }

    /** What differs from the defaults, as YAML would hold it. */
    private Map<String, Object> settings(C configuration) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String path : schema.differences(provider.defaults(), configuration)) {
            put(settings, path, plain(schema.value(configuration, path), schema.text(configuration, path)));
        }
        return settings;
    }

    @SuppressWarnings("unchecked") // sections are made here and nowhere else
    private static void put(Map<String, Object> settings, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            settings.put(path, value);
        } else {
            Object section = settings.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>());
            put((Map<String, Object>) section, path.substring(dot + 1), value);
        }
    }

    private static Object plain(Object value, String text) {
        if (value instanceof Range range) {
            return List.of(range.min(), range.max());
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(inner -> plain(inner, text)).orElse(text);
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? (Object) number.getAsDouble() : text;
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? (Object) number.getAsInt() : text;
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? (Object) number.getAsLong() : text;
        }
        return value instanceof Enum<?> ? text : value;
    }
}
