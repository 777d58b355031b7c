package org.dinobench.torch.nccl.internal;

import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.collective.CollectiveException;
import org.dinobench.torch.internal.NativeFiles;

/**
 * Opens NCCL and the CUDA runtime, once a process. Neither comes with the product: they are looked for where the system
 * looks for libraries, or where the system properties {@value #NCCL_PROPERTY} and {@value #CUDART_PROPERTY} say.
 */
public final class NcclLibrary {
    /** Names NCCL's library file. */
    public static final String NCCL_PROPERTY = "dinobench.nccl.library";
    /** Names the CUDA runtime's library file. */
    public static final String CUDART_PROPERTY = "dinobench.cudart.library";

    private static final String FILE = "libdinobench_nccl.so";
    /** As the packages of NVIDIA name it; the version is that of NCCL's interface since 2017. */
    private static final String NCCL = "libnccl.so.2";

    private static final List<String> CUDART =
            List.of("libcudart.so.12", "libcudart.so.13", "libcudart.so.11.0", "libcudart.so");

    private static boolean opened;

    private NcclLibrary() {}

    /**
     * Opens the libraries if they are not open yet.
     *
     * @throws BadInputException when one is missing, or there is no GPU; with the remedy
     */
    public static synchronized void require() {
        if (opened) {
            return;
        }
        System.load(NativeFiles.find("NCCL binding", FILE).toAbsolutePath().toString());
        open();
        opened = true;
    }

    private static void open() {
        String named = System.getProperty(CUDART_PROPERTY);
        String problem = "";
        for (String cudart : named == null ? CUDART : List.of(named)) {
            problem = NcclNative.open(System.getProperty(NCCL_PROPERTY, NCCL), cudart);
            // another CUDA runtime does not help where NCCL is what is missing
            if (problem == null || !problem.contains("cudart")) {
                break;
            }
        }
        if (problem != null) {
            throw new BadInputException(
                    "NCCL",
                    "it cannot be used on this machine (" + problem + ")",
                    "install NVIDIA's libnccl2 and CUDA runtime on a machine with GPUs, or set sharding.transport=mpi");
        }
    }

    /**
     * Number of GPUs that the CUDA runtime sees.
     *
     * @throws BadInputException when it sees none, in its own words
     */
    public static int devices() {
        require();
        String problem = "it sees no GPU";
        try {
            int count = NcclNative.devices();
            if (count > 0) {
                return count;
            }
        } catch (CollectiveException e) {
            problem = e.getMessage();
        }
        throw new BadInputException(
                "NCCL", "the CUDA runtime finds no GPU here (" + problem + ")", "set sharding.transport=mpi");
    }
}
