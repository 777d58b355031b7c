package org.dinobench.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ParameterSpec.Initializer;
import org.junit.jupiter.api.Test;

class FlatParametersTest {
    private static FlatParameters twoModules(int padding) {
        Map<String, List<ParameterSpec>> layout = new LinkedHashMap<>();
        layout.put(
                "backbone",
                List.of(
                        ParameterSpec.of("a", "a.weight", Initializer.normal(0.02), 3, 4),
                        ParameterSpec.of("a", "a.bias", Initializer.ZEROS, 3),
                        ParameterSpec.of("b", "b.weight", Initializer.uniform(0.5), 5)));
        layout.put("head", List.of(ParameterSpec.of("mlp", "mlp.weight", Initializer.constant(2), 2, 3)));
        return FlatParameters.create(layout, ScalarType.Float, ComputeDevice.CPU, padding);
    }

    @Test
    void leavesAreViewsOfFlatValuesAndGradients() {
        try (TensorScope scope = TensorScope.open();
                FlatParameters parameters = twoModules(4)) {
            ParameterUnit unit = parameters.units().iterator().next();
            assertEquals("backbone.a", unit.name());
            assertEquals(16, unit.length(), "15 values padded to a multiple of 4");
            assertEquals(15 + 5 + 6, parameters.count());
            unit.data().copy_(torch.arange(new Scalar(16)).to(ScalarType.Float));
            Tensor weight = parameters.module("backbone").get("a.weight");
            Tensor bias = parameters.parameter("backbone.a.bias").tensor();
            assertArrayEquals(new float[] {12, 13, 14}, Tensors.floats(bias));
            torch.matmul(weight, torch.ones(4)).mul(bias).sum().backward();
            torch.matmul(weight, torch.ones(4)).mul(bias).sum().backward();
            float[] gradient = Tensors.floats(unit.gradient());
            assertEquals(2 * 12, gradient[0], "accumulated over two backward passes");
            assertEquals(2 * 14, gradient[11]);
            assertEquals(2 * (0 + 1 + 2 + 3), gradient[12]);
            assertEquals(0, gradient[15], "padding");
            double expected = 0;
            for (float value : gradient) {
                expected += (double) value * value;
            }
            assertEquals(Math.sqrt(expected), parameters.gradientNorm("backbone"), 1e-4);
            assertEquals(0, parameters.gradientNorm("head"));
            double before = parameters.clipGradients("backbone", 3);
            assertEquals(Math.sqrt(expected), before, 1e-4);
            assertEquals(3, parameters.gradientNorm("backbone"), 1e-4);
            assertEquals(3, parameters.clipGradients("backbone", 10), 1e-4);
            assertEquals(3, parameters.gradientNorm("backbone"), 1e-4);
            parameters.zeroGradients();
            assertEquals(0, parameters.gradientNorm("backbone"));
            // still connected after all of that
            bias.sum().backward();
            assertEquals(Math.sqrt(3), parameters.gradientNorm("backbone"), 1e-6);
        }
    }

    @Test
    void initializationFollowsTheSeedAndTheDeclarations() {
        try (FlatParameters one = twoModules(1);
                FlatParameters two = twoModules(1)) {
            one.initialize(7);
            two.initialize(7);
            float[] values = Tensors.floats(one.parameter("backbone.a.weight").tensor());
            assertArrayEquals(
                    values, Tensors.floats(two.parameter("backbone.a.weight").tensor()));
            two.initialize(8);
            assertFalse(Arrays.equals(
                    values, Tensors.floats(two.parameter("backbone.a.weight").tensor())));
            assertArrayEquals(
                    new float[3],
                    Tensors.floats(one.parameter("backbone.a.bias").tensor()));
            for (float value : Tensors.floats(one.parameter("backbone.b.weight").tensor())) {
                assertTrue(value > -0.5 && value < 0.5 && value != 0);
            }
            assertArrayEquals(
                    new float[] {2, 2, 2, 2, 2, 2},
                    Tensors.floats(one.parameter("head.mlp.weight").tensor()));
        }
    }

    @Test
    void theTeacherFollowsWithoutGradients() {
        try (FlatParameters student = twoModules(1)) {
            student.initialize(1);
            try (TensorScope scope = TensorScope.open();
                    FlatParameters teacher = student.likeTeacher()) {
                assertFalse(teacher.trained());
                Tensor average = teacher.parameter("backbone.b.weight").tensor();
                assertFalse(average.requires_grad());
                assertNull(teacher.units().iterator().next().gradient());
                double[] before = Tensors.doubles(average);
                Tensor moved = student.parameter("backbone.b.weight").tensor();
                moved.detach().add_(new Scalar(1.0));
                assertArrayEquals(before, Tensors.doubles(average), 0, "a copy, not a view");
                teacher.averageTowards(student, 0.9);
                double[] after = Tensors.doubles(average);
                double[] target = Tensors.doubles(moved);
                for (int i = 0; i < after.length; i++) {
                    assertEquals(0.9 * before[i] + 0.1 * target[i], after[i], 1e-6);
                }
                teacher.averageTowards(student, 1);
                assertArrayEquals(after, Tensors.doubles(average), 0);
                teacher.averageTowards(student, 0);
                assertArrayEquals(target, Tensors.doubles(average), 0);
            }
        }
    }

    @Test
    void stateGoesOutAndInByName() {
        try (FlatParameters source = twoModules(1);
                FlatParameters target = twoModules(8)) {
            source.initialize(3);
            target.load(source.state());
            source.state()
                    .forEach((name, tensor) -> assertArrayEquals(
                            Tensors.floats(tensor),
                            Tensors.floats(target.state().get(name)),
                            name));
            try (TensorScope scope = TensorScope.open()) {
                Map<String, Tensor> wrong = new LinkedHashMap<>(source.state());
                wrong.put("backbone.b.weight", torch.zeros(4));
                float[] before =
                        Tensors.floats(target.parameter("backbone.a.weight").tensor());
                assertThrows(IllegalArgumentException.class, () -> target.load(wrong));
                wrong.remove("backbone.b.weight");
                assertThrows(IllegalArgumentException.class, () -> target.load(wrong));
                assertArrayEquals(
                        before,
                        Tensors.floats(target.parameter("backbone.a.weight").tensor()));
            }
        }
    }

    @Test
    void runsGroupEqualAttributes() {
        try (FlatParameters parameters = twoModules(4)) {
            ParameterAttributes bias = new ParameterAttributes(1, 0, false);
            parameters.assign(parameter -> parameter.name().endsWith("bias") ? bias : ParameterAttributes.DEFAULT);
            ParameterUnit unit = parameters.units().iterator().next();
            assertEquals(
                    List.of(
                            new ParameterUnit.Run(0, 12, ParameterAttributes.DEFAULT),
                            new ParameterUnit.Run(12, 16, bias)),
                    unit.runs(0, 16));
            assertEquals(
                    List.of(
                            new ParameterUnit.Run(8, 12, ParameterAttributes.DEFAULT),
                            new ParameterUnit.Run(12, 13, bias)),
                    unit.runs(8, 13));
            parameters.assign(parameter -> bias);
            assertEquals(List.of(new ParameterUnit.Run(0, 16, bias)), unit.runs(0, 16));
            assertThrows(IndexOutOfBoundsException.class, () -> unit.runs(0, 17));
        }
    }
}
