package org.dinobench.evaluation.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.ParameterSpec;

/** The tensors of a backbone under their official names, without the name of the module that holds them. */
final class OfficialState {
    private OfficialState() {}

    /** Views, in the order of the layout. */
    static Map<String, Tensor> of(VisionTransformer network) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (ParameterSpec spec : VisionTransformer.layout(network.config())) {
            state.put(spec.name(), network.module().get(spec.name()).detach());
        }
        return state;
    }
}
