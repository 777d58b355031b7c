package org.dinobench.ui.evaluation.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.maps.PatchMap;
import org.dinobench.imaging.RgbImage;

/** A model that looks at what it is asked for: each patch at its surroundings, the class token at the middle. */
final class FakeEye implements ModelEye {
    static final int ROWS = 6;
    static final int COLUMNS = 8;

    @Override
    public int blocks() {
        return 4;
    }

    @Override
    public int heads() {
        return 3;
    }

    @Override
    public ImageLook look(Path image, int block) throws IOException {
        if (!Files.exists(image)) {
            throw new IOException("there is no " + image.getFileName());
        }
        return new ImageLook() {
            @Override
            public RgbImage image() {
                return gray();
            }

            @Override
            public int rows() {
                return ROWS;
            }

            @Override
            public int columns() {
                return COLUMNS;
            }

            @Override
            public int heads() {
                return 3;
            }

            @Override
            public PatchMap map(Query query, int head) {
                int row = query.isClass() ? ROWS / 2 : query.row();
                int column = query.isClass() ? COLUMNS / 2 : query.column();
                float[] values = new float[ROWS * COLUMNS];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) Math.exp(-Math.hypot(i / COLUMNS - row, i % COLUMNS - column) / (2 + head));
                }
                return new PatchMap(ROWS, COLUMNS, values);
            }
        };
    }

    @Override
    public List<Components> components(List<Path> images, boolean foregroundOnly, JobMonitor monitor) {
        List<Components> all = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            byte[] rgb = new byte[3 * ROWS * COLUMNS];
            for (int p = 0; p < rgb.length; p++) {
                rgb[p] = (byte) (p * 37 + i * 50);
            }
            all.add(new Components(gray(), new RgbImage(COLUMNS, ROWS, rgb)));
        }
        return all;
    }

    private static RgbImage gray() {
        byte[] rgb = new byte[3 * COLUMNS * 8 * ROWS * 8];
        java.util.Arrays.fill(rgb, (byte) 120);
        return new RgbImage(COLUMNS * 8, ROWS * 8, rgb);
    }

    @Override
    public void close() {
        // there is nothing to give back
    }
}
