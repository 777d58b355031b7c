package org.dinobench.losses;

import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Opens a scope for the native memory of each test. */
abstract class ScopedTest {
    private TensorScope scope;

    @BeforeAll
    static void startTorch() {
        Torch.start();
    }

    @BeforeEach
    void open() {
        scope = TensorScope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }
}
