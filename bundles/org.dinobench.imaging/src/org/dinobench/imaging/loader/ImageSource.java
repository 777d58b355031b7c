package org.dinobench.imaging.loader;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;

/** One image of a set, wherever its pixels come from. Implementations are thread-safe. */
public interface ImageSource {
    /** A name for messages, normally the path. */
    String name();

    /**
     * Decodes the image.
     *
     * @param reader the reader to use, with its limits and options
     * @throws BrokenImageException when there is no usable image
     */
    RgbImage load(ImageReader reader) throws BrokenImageException;

    /** An image in a file. */
    static ImageSource of(Path file) {
        return new FileSource(file);
    }

    /** Images in files, in the order given. */
    static List<ImageSource> of(List<Path> files) {
        return files.stream().<ImageSource>map(FileSource::new).toList();
    }

    /**
     * An image in a file.
     *
     * @param file the file
     */
    record FileSource(Path file) implements ImageSource {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public RgbImage load(ImageReader reader) throws BrokenImageException {
            return reader.read(file);
        }
    }
}
