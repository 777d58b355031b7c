package org.dinobench.evaluation.internal.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.ExtraFilesMap;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.model.TorchScriptFile;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;

/** Writes a backbone as a TorchScript archive, compiled by libtorch from source text: nothing is traced. */
public final class ScriptWriter {
    private static final String PACKAGE = "__torch__.dinobench.";

    private final CompilationUnit unit = new CompilationUnit();
    private final Map<String, JitModule> modules = new LinkedHashMap<>();

    private ScriptWriter() {}

    /**
     * Writes the file.
     *
     * @param fixedSide pixels of the only square that is taken; 0 for any multiple of the patch
     * @param attention whether the last block's attention is a result too
     * @param description JSON about the model, kept in the archive as {@code extra/dinobench.json}
     */
    public static void write(Path file, VisionTransformer network, int fixedSide, boolean attention, String description)
            throws IOException {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            JitModule module = new ScriptWriter().modules(network);
            module.define(new VitScript(network.config(), fixedSide, attention).source());
            module.eval();
            ExtraFilesMap extra = new ExtraFilesMap();
            extra.put(new BytePointer(TorchScriptFile.DESCRIPTION), new BytePointer(description));
            AtomicFiles.writeFile(file, temporary -> module.save(temporary.toString(), extra));
        }
    }

    /** The tree of modules that the official names speak of; each parameter is a copy, free of the flat tensors. */
    private JitModule modules(VisionTransformer network) {
        JitModule root = new JitModule(new QualifiedName(PACKAGE + "VisionTransformer"), unit, true);
        modules.put("", root);
        for (ParameterSpec spec : VisionTransformer.layout(network.config())) {
            String name = spec.name();
            int dot = name.lastIndexOf('.');
            module(dot < 0 ? "" : name.substring(0, dot))
                    .register_parameter(
                            name.substring(dot + 1),
                            network.module().get(name).detach().clone(),
                            false);
        }
        // a module keeps a handle of a child, whose slots may still grow, so children are hung in when all are there
        modules.forEach((path, child) -> {
            if (!path.isEmpty()) {
                int dot = path.lastIndexOf('.');
                modules.get(dot < 0 ? "" : path.substring(0, dot)).register_module(path.substring(dot + 1), child);
            }
        });
        return root;
    }

    private JitModule module(String path) {
        JitModule known = modules.get(path);
        if (known != null) {
            return known;
        }
        int dot = path.lastIndexOf('.');
        module(dot < 0 ? "" : path.substring(0, dot));
        JitModule made = new JitModule(new QualifiedName(PACKAGE + "Part"), unit, true);
        modules.put(path, made);
        return made;
    }
}
