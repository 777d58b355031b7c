package org.dinobench.app.cli;

import java.util.List;
import java.util.Optional;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.TeacherCenteringProvider;

/** The losses and centerings that are registered as services, whichever bundles they come from. */
final class LossServices {
    private LossServices() {}

    /** All of them; outside a framework, as in plain tests, the built-in ones. */
    static LossRegistry find() {
        Optional<List<LossProvider<?>>> losses = RegisteredServices.of(LossProvider.class);
        Optional<List<TeacherCenteringProvider>> centerings = RegisteredServices.of(TeacherCenteringProvider.class);
        return losses.isEmpty() || centerings.isEmpty()
                ? LossRegistry.builtIn()
                : new LossRegistry(losses.get(), centerings.get());
    }
}
