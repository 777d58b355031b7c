package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.TensorScope;
import org.junit.jupiter.api.Test;

class MemoryTroubleTest {
    @Test
    void libtorchsRefusalIsKnown() {
        try (TensorScope scope = TensorScope.open()) {
            RuntimeException refused = assertThrows(RuntimeException.class, () -> torch.empty(1L << 45));
            assertTrue(MemoryTrouble.is(refused), refused.getMessage());
            assertTrue(MemoryTrouble.is(new IllegalStateException("a step failed", refused)));
        }
    }

    @Test
    void otherFailuresAreNot() {
        assertTrue(MemoryTrouble.is(new OutOfMemoryError("Java heap space")));
        assertFalse(MemoryTrouble.is(new IllegalArgumentException("Images must be [B, 3, H, W]")));
        assertFalse(MemoryTrouble.is(new IllegalStateException()));
    }
}
