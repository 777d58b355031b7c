package org.dinobench.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The trained tensors of one network (modules such as {@code backbone}, {@code dino_head}, {@code ibot_head}), stored
 * flat by units. {@code backward} accumulates straight into the flat gradients; gradients, moving averages and
 * optimizer steps are then a handful of operations on long vectors instead of hundreds on short ones.
 *
 * <p>Lives until {@link #close()}, whatever scopes are open when it is made. Not thread-safe.
 */
public final class FlatParameters implements AutoCloseable {
    private final Map<String, List<ParameterSpec>> layout;
    private final ScalarType type;
    private final ComputeDevice device;
    private final int padding;
    private final boolean trained;
    private final Map<String, ParameterUnit> units = new LinkedHashMap<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Tensor> owned = new ArrayList<>();
    private UnitAccess access = UnitAccess.ALWAYS_THERE;

    private FlatParameters(
            Map<String, List<ParameterSpec>> layout,
            ScalarType type,
            ComputeDevice device,
            int padding,
            boolean trained,
            boolean released) {
        this.layout = layout;
        this.type = type;
        this.device = device;
        this.padding = padding;
        this.trained = trained;
        try (TensorScope scope = TensorScope.open()) {
            layout.forEach((module, specs) -> build(scope, module, specs, released));
        }
    }

    /**
     * New parameters, all zero until {@link #initialize} or {@link #load}.
     *
     * @param layout declarations by module name, in storage order; the module name may be empty
     * @param type floating-point type of values and gradients
     * @param padding flat lengths become multiples of this (the number of ranks), at least 1
     */
    public static FlatParameters create(
            Map<String, List<ParameterSpec>> layout, ScalarType type, ComputeDevice device, int padding) {
        return create(layout, type, device, padding, true, false);
    }

    /**
     * Parameters without memory, whose values and gradients come and go by unit ({@link TensorMemory}): those of a
     * network that is sharded among processes.
     *
     * @param trained whether there are gradients
     * @see #create(Map, ScalarType, ComputeDevice, int)
     */
    public static FlatParameters createReleased(
            Map<String, List<ParameterSpec>> layout,
            ScalarType type,
            ComputeDevice device,
            int padding,
            boolean trained) {
        return create(layout, type, device, padding, trained, true);
    }

    private static FlatParameters create(
            Map<String, List<ParameterSpec>> layout,
            ScalarType type,
            ComputeDevice device,
            int padding,
            boolean trained,
            boolean released) {
        Torch.start();
        if (padding < 1) {
            throw new IllegalArgumentException("padding must be at least 1: " + padding);
        }
        return new FlatParameters(
                Collections.unmodifiableMap(new LinkedHashMap<>(layout)), type, device, padding, trained, released);
    }

    /** One module without a name prefix in float32 on the CPU, such as a backbone for inference or tests. */
    public static FlatParameters create(List<ParameterSpec> layout) {
        return create(Map.of("", layout), ScalarType.Float, ComputeDevice.CPU, 1);
    }

    /** One module without a name prefix in float32 on the CPU that records nothing and has no gradients: inference. */
    public static FlatParameters createFrozen(List<ParameterSpec> layout) {
        Torch.start();
        return new FlatParameters(Map.of("", layout), ScalarType.Float, ComputeDevice.CPU, 1, false, false);
    }

    /** A copy of the values in the same layout that records nothing and has no gradients: a teacher. */
    public FlatParameters likeTeacher() {
        FlatParameters copy = new FlatParameters(layout, type, device, padding, false, false);
        copy.copyFrom(this);
        return copy;
    }

    private void build(TensorScope scope, String module, List<ParameterSpec> specs, boolean released) {
        Map<String, List<ParameterSpec>> byUnit = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            byUnit.computeIfAbsent(spec.unit(), key -> new ArrayList<>()).add(spec);
        }
        byUnit.forEach((unitName, members) -> {
            long count = members.stream().mapToLong(ParameterSpec::count).sum();
            long length = Math.multiplyExact((count + padding - 1) / padding, padding);
            TensorOptions options = Tensors.options(type, device);
            Tensor data = own(scope, torch.zeros(new long[] {length}, options));
            Tensor gradient = trained ? own(scope, torch.zeros(new long[] {length}, options)) : null;
            ParameterUnit unit = new ParameterUnit(join(module, unitName), module, data, gradient);
            if (units.put(unit.name(), unit) != null) {
                throw new IllegalArgumentException("Two units are named " + unit.name());
            }
            long offset = 0;
            for (ParameterSpec spec : members) {
                Tensor leaf = own(scope, view(data, spec, offset));
                if (trained) {
                    leaf.set_requires_grad(true);
                    leaf.mutable_grad().put(view(gradient, spec, offset));
                }
                Parameter parameter = new Parameter(join(module, spec.name()), spec, unit, offset, leaf);
                unit.add(parameter);
                if (parameters.put(parameter.name(), parameter) != null) {
                    throw new IllegalArgumentException("Two parameters are named " + parameter.name());
                }
                offset += spec.count();
            }
            if (released) {
                TensorMemory.release(data);
                if (trained) {
                    TensorMemory.release(gradient);
                }
            }
        });
    }

    private static Tensor view(Tensor flat, ParameterSpec spec, long offset) {
        return flat.narrow(0, offset, spec.count()).view(spec.sizes()).detach();
    }

    private Tensor own(TensorScope scope, Tensor tensor) {
        owned.add(scope.detach(tensor));
        return tensor;
    }

    private static String join(String module, String name) {
        return module.isEmpty() ? name : module + "." + name;
    }

    /** Fills every parameter as its declaration says, the same for the same seed on every machine and thread count. */
    public void initialize(long seed) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Generator generator = torch.make_generator_cpu(seed);
            for (ParameterUnit unit : units.values()) {
                access.enter(unit);
                unit.parameters().forEach(parameter -> initialize(parameter, generator));
                access.leave(unit);
            }
        }
    }

    private static void initialize(Parameter parameter, Generator generator) {
        try (TensorScope scope = TensorScope.open()) {
            ParameterSpec.Initializer init = parameter.spec().init();
            Tensor target = parameter.tensor().detach();
            Tensor values = torch.empty(parameter.spec().sizes());
            switch (init.kind()) {
                case CONSTANT -> values.fill_(new Scalar(init.a()));
                case NORMAL ->
                    values.normal_(init.a(), init.b(), new GeneratorOptional(generator))
                            .clamp_(new ScalarOptional(new Scalar(-2.0)), new ScalarOptional(new Scalar(2.0)));
                case UNIFORM -> values.uniform_(init.a(), init.b(), new GeneratorOptional(generator));
            }
            target.copy_(values);
        }
    }

    /** All parameters in storage order. */
    public Collection<Parameter> parameters() {
        return Collections.unmodifiableCollection(parameters.values());
    }

    /** The parameter of a full name. */
    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("There is no parameter '" + name + "'");
        }
        return parameter;
    }

    /** @param access is told of uses from now on */
    public void access(UnitAccess access) {
        this.access = access;
    }

    /** All units in storage order. */
    public Collection<ParameterUnit> units() {
        return Collections.unmodifiableCollection(units.values());
    }

    /** The module names in storage order. */
    public Collection<String> modules() {
        return layout.keySet();
    }

    /** The parameters of one module, looked up by their names within it. */
    public Module module(String module) {
        if (!layout.containsKey(module)) {
            throw new IllegalArgumentException("There is no module '" + module + "' in " + layout.keySet());
        }
        return new Module(this, module);
    }

    /** The declarations this was made from. */
    public Map<String, List<ParameterSpec>> layout() {
        return layout;
    }

    /** Number of trained values without padding. */
    public long count() {
        return parameters.values().stream()
                .mapToLong(parameter -> parameter.spec().count())
                .sum();
    }

    /** Whether {@code backward} fills gradients here. */
    public boolean trained() {
        return trained;
    }

    /** The floating-point type. */
    public ScalarType type() {
        return type;
    }

    /** The device. */
    public ComputeDevice device() {
        return device;
    }

    /** Sets what the optimizer does differently for each parameter. */
    public void assign(Function<Parameter, ParameterAttributes> attributes) {
        parameters.values().forEach(parameter -> parameter.attributes(attributes.apply(parameter)));
    }

    /** Sets all gradients to zero. */
    public void zeroGradients() {
        units.values().forEach(unit -> unit.gradient().zero_());
    }

    /** The 2-norm of the gradients of one module. */
    public double gradientNorm(String module) {
        double squares = 0;
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (ParameterUnit unit : units.values()) {
                if (unit.module().equals(module)) {
                    double norm = torch.linalg_vector_norm(unit.gradient()).item_double();
                    squares += norm * norm;
                }
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * Scales the gradients of one module down so that their 2-norm is at most {@code maximum} (as PyTorch's
     * {@code clip_grad_norm_}: factor {@code maximum / (norm + 1e-6)} when below 1).
     *
     * @return the norm before
     */
    public double clipGradients(String module, double maximum) {
        double norm = gradientNorm(module);
        double factor = maximum / (norm + 1e-6);
        if (factor < 1) {
            scaleGradients(module, factor);
        }
        return norm;
    }

    /** Multiplies the gradients of one module. */
    public void scaleGradients(String module, double factor) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Scalar scalar = new Scalar(factor);
            for (ParameterUnit unit : units.values()) {
                if (unit.module().equals(module)) {
                    unit.gradient().mul_(scalar);
                }
            }
        }
    }

    /**
     * Moves these values towards another network's: {@code this = momentum * this + (1 - momentum) * student}.
     *
     * @param momentum from 0 (copy) to 1 (stay)
     */
    public void averageTowards(FlatParameters student, double momentum) {
        requireSameLayout(student);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Scalar weight = new Scalar(1 - momentum);
            for (ParameterUnit unit : units.values()) {
                unit.data().lerp_(student.units.get(unit.name()).data(), weight);
            }
        }
    }

    /** Copies all values from parameters of the same layout. */
    public void copyFrom(FlatParameters other) {
        requireSameLayout(other);
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (ParameterUnit unit : units.values()) {
                unit.data().copy_(other.units.get(unit.name()).data());
            }
        }
    }

    private void requireSameLayout(FlatParameters other) {
        if (!units.keySet().equals(other.units.keySet())) {
            throw new IllegalArgumentException("Different layouts: " + units.keySet() + " and " + other.units.keySet());
        }
        for (ParameterUnit unit : units.values()) {
            if (unit.length() != other.units.get(unit.name()).length()) {
                throw new IllegalArgumentException("Different lengths of " + unit.name());
            }
        }
    }

    /** The values by full name: views, valid while this is open. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> state.put(name, parameter.tensor()));
        return Collections.unmodifiableMap(state);
    }

    /**
     * Copies values in by full name; types and devices are converted.
     *
     * @param state must hold every parameter with its shape; further names are ignored
     * @throws IllegalArgumentException when a parameter is missing or has another shape; nothing is changed then
     */
    public void load(Map<String, Tensor> state) {
        for (Parameter parameter : parameters.values()) {
            Tensor value = state.get(parameter.name());
            if (value == null) {
                throw new IllegalArgumentException("The parameter '" + parameter.name() + "' is missing");
            }
            if (!Arrays.equals(Tensors.shape(value), parameter.spec().sizes())) {
                throw new IllegalArgumentException(
                        "The parameter '" + parameter.name() + "' has shape " + Arrays.toString(Tensors.shape(value))
                                + " instead of " + parameter.spec().shape());
            }
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            for (Parameter parameter : parameters.values()) {
                parameter.tensor().detach().copy_(state.get(parameter.name()));
            }
        }
    }

    /** Native bytes of values and gradients. */
    public long bytes() {
        return units.values().stream()
                .mapToLong(unit -> unit.data().nbytes()
                        + (unit.gradient() == null ? 0 : unit.gradient().nbytes()))
                .sum();
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        owned.clear();
        parameters.clear();
        units.clear();
    }

    /** One module's view of the parameters. */
    public static final class Module {
        private final FlatParameters parameters;
        private final String name;

        private Module(FlatParameters parameters, String name) {
            this.parameters = parameters;
            this.name = name;
        }

        /** The module's name; may be empty. */
        public String name() {
            return name;
        }

        /** The whole network's parameters. */
        public FlatParameters parameters() {
            return parameters;
        }

        /** The leaf of the parameter with this name within the module. */
        public Tensor get(String parameter) {
            return parameters.parameter(join(name, parameter)).tensor();
        }

        /** Says that the values of a unit are needed from here on; {@code unit} is its name within the module. */
        public void enter(String unit) {
            parameters.access.enter(unit(unit));
        }

        /** Says that a forward pass has used the values of a unit. */
        public void leave(String unit) {
            parameters.access.leave(unit(unit));
        }

        private ParameterUnit unit(String unit) {
            return parameters.units.get(join(name, unit));
        }

        /** Whether the module has a parameter of this name. */
        public boolean has(String parameter) {
            return parameters.parameters.containsKey(join(name, parameter));
        }
    }
}
