package org.dinobench.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dinobench.core.FullDisk;
import org.dinobench.core.io.DiskFullException;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    Path folder;

    private static MetricsRow row(long step, double loss) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("total_loss", loss);
        values.put("lr", 1e-3);
        return new MetricsRow(step, 1700000000.25, step * 64, values);
    }

    private Path written(int rows) throws Exception {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsWriter writer = MetricsWriter.open(file, 0)) {
            for (int step = 1; step <= rows; step++) {
                writer.write(row(step, step));
            }
        }
        return file;
    }

    @Test
    void numbersThatAreNoneSurvive() throws Exception {
        Path file = folder.resolve("m");
        List<MetricsRow> rows = List.of(
                row(1, Double.NaN), row(2, Double.POSITIVE_INFINITY), row(3, Double.NEGATIVE_INFINITY), row(4, 0.1));
        try (MetricsWriter writer = MetricsWriter.open(file, 0)) {
            for (MetricsRow row : rows) {
                writer.write(row);
            }
        }
        assertEquals(rows, MetricsReader.read(file));
        assertTrue(Files.readString(file).contains("\"total_loss\":\"NaN\""), Files.readString(file));
        assertTrue(Double.isNaN(rows.get(3).get("absent")));
    }

    @Test
    void aTornLastLineIsLeftOutAndCutOnResume() throws Exception {
        Path file = written(10);
        Files.writeString(file, "{\"step\":11,\"total_l", StandardOpenOption.APPEND);
        assertEquals(10, MetricsReader.read(file).size());
        try (MetricsWriter writer = MetricsWriter.open(file, 7)) {
            writer.write(row(8, 80));
        }
        List<MetricsRow> rows = MetricsReader.read(file);
        assertEquals(8, rows.size());
        assertEquals(80, rows.get(7).get("total_loss"));
        assertEquals(7, rows.get(6).step());
    }

    @Test
    void resumingAtStepZeroStartsAnew() throws Exception {
        Path file = written(3);
        MetricsWriter.open(file, 0).close();
        assertEquals(0, Files.size(file));
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() throws Exception {
        Path file = written(2);
        Files.writeString(file, "rubbish\n", StandardOpenOption.APPEND);
        BadInputException e = assertThrows(BadInputException.class, () -> MetricsReader.read(file));
        assertTrue(e.where().startsWith(file + ":3"), e.where());
        for (String line : List.of("{}", "{\"step\":1,\"loss\":\"big\"}", "{\"step\":1,\"loss\":[1]}")) {
            assertThrows(BadInputException.class, () -> MetricsRow.parse("x:1", line), line);
        }
    }

    @Test
    void theTailSeesNewWholeRowsOnly() throws Exception {
        Path file = folder.resolve("metrics.jsonl");
        MetricsTail tail = new MetricsTail(file);
        assertEquals(List.of(), tail.poll().rows());
        written(3);
        assertEquals(3, tail.poll().rows().size());
        assertEquals(0, tail.poll().rows().size());
        String line = row(4, 4).toLine();
        Files.writeString(file, line.substring(0, 10), StandardOpenOption.APPEND);
        assertEquals(0, tail.poll().rows().size());
        Files.writeString(file, line.substring(10) + "\n", StandardOpenOption.APPEND);
        MetricsTail.Batch batch = tail.poll();
        assertFalse(batch.restarted());
        assertEquals(List.of(row(4, 4)), batch.rows());
    }

    @Test
    void theTailStartsOverWhenTheFileWasCut() throws Exception {
        Path file = written(10);
        MetricsTail tail = new MetricsTail(file);
        assertEquals(10, tail.poll().rows().size());
        MetricsWriter.open(file, 4).close();
        MetricsTail.Batch cut = tail.poll();
        assertTrue(cut.restarted());
        assertEquals(4, cut.rows().size());
        // cut and grown beyond the old end between two polls
        try (MetricsWriter writer = MetricsWriter.open(file, 2)) {
            for (int step = 3; step < 40; step++) {
                writer.write(row(step, step * 0.5));
            }
        }
        MetricsTail.Batch grown = tail.poll();
        assertTrue(grown.restarted());
        assertEquals(39, grown.rows().size());
        assertEquals(1.5, grown.rows().get(2).get("total_loss"));
    }

    @Test
    void aFullDiskLeavesWholeRows() throws Exception {
        Optional<FullDisk> disk = FullDisk.mount(folder.resolve("disk"), "size=16k");
        if (disk.isEmpty()) {
            System.out.println("MetricsTest: no real full disk here, because mounting needs root");
            return;
        }
        try (FullDisk small = disk.get()) {
            Path file = small.folder().resolve("metrics.jsonl");
            int written = 0;
            try (MetricsWriter writer = MetricsWriter.open(file, 0)) {
                for (int step = 1; step < 10_000; step++) {
                    writer.write(row(step, step));
                    written++;
                }
            } catch (DiskFullException e) {
                assertTrue(e.getMessage().contains("full"), e.getMessage());
            }
            assertTrue(written > 50 && written < 9_000, "written " + written);
            assertEquals(written, MetricsReader.read(file).size());
            assertTrue(Files.readString(file).endsWith("\n"));
        }
    }

    @Test
    void tensorBoardRecordsHaveTheFormatsLengthsAndChecksums() throws Exception {
        try (TensorBoardWriter writer = TensorBoardWriter.create(folder)) {
            writer.write(row(300, 2.5));
        }
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.filter(f -> f.getFileName().toString().startsWith("events.out.tfevents."))
                    .findFirst()
                    .orElseThrow();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] version = nextRecord(bytes);
        assertTrue(new String(version, java.nio.charset.StandardCharsets.ISO_8859_1).endsWith("brain.Event:2"));
        ByteBuffer event = ByteBuffer.wrap(nextRecord(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        assertFalse(bytes.hasRemaining());
        assertEquals(0x09, event.get()); // field 1, 64 bits: wall time
        assertEquals(1700000000.25, event.getDouble());
        assertEquals(0x10, event.get()); // field 2, varint: step 300 = 0xac 0x02
        assertEquals((byte) 0xac, event.get());
        assertEquals(0x02, event.get());
        assertEquals(0x2a, event.get()); // field 5, bytes: summary
        assertEquals(event.get(), event.remaining());
        assertEquals(0x0a, event.get()); // field 1 of the summary: a value
        int length = event.get();
        assertEquals(0x0a, event.get()); // its field 1: tag
        byte[] tag = new byte[event.get()];
        event.get(tag);
        assertEquals("total_loss", new String(tag));
        assertEquals(0x15, event.get()); // its field 2, 32 bits: the scalar
        assertEquals(2.5f, event.getFloat());
        assertEquals(length, 2 + tag.length + 5);
    }

    private static byte[] nextRecord(ByteBuffer bytes) {
        byte[] header = new byte[8];
        bytes.get(header);
        assertEquals(TensorBoardWriter.maskedCrc(header), bytes.getInt());
        byte[] data = new byte
                [(int) ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong()];
        bytes.get(data);
        assertEquals(TensorBoardWriter.maskedCrc(data), bytes.getInt());
        return data;
    }

    @Test
    void theMaskedChecksumIsThatOfTheFormat() {
        // CRC-32C of "123456789" is 0xe3069283; masked: rotated right by 15 bits, plus 0xa282ead8
        int expected = ((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8;
        assertEquals(expected, TensorBoardWriter.maskedCrc("123456789".getBytes()));
    }
}
