package org.dinobench.ui.common.grid;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;

/**
 * Decodes the pictures that are wanted now on a few threads and keeps the latest in a cache of bounded size.
 *
 * <p>Only the last call of {@link #want} counts: what has scrolled out of sight before its turn is never decoded. All
 * public methods belong to the UI thread; only decoding happens outside it. Turning pixels into SWT images is cut into
 * slices, so that no slice holds the UI thread longer than a few milliseconds.
 */
public final class ThumbnailPipeline {
    private static final long SLICE_NANOS = 6_000_000;

    /**
     * A picture at a size.
     *
     * @param key the loader's key
     * @param size longest edge in pixels
     */
    public record Request(Object key, int size) {}

    private record Arrival(Request request, ImageData data) {}

    /** An image, or null for a picture that cannot be read. */
    private record Entry(Image image, long bytes) {}

    private final Display display;
    private final ThumbnailLoader loader;
    private final Runnable onArrival;
    private final long cacheBytes;
    private final LinkedHashMap<Request, Entry> cache = new LinkedHashMap<>(256, 0.75f, true);
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final List<Thread> workers = new ArrayList<>();
    private final Object lock = new Object();

    // guarded by lock
    private final ArrayDeque<Request> queue = new ArrayDeque<>();
    private final Set<Request> inWork = new HashSet<>();
    private boolean closed;

    private Set<Request> wanted = Set.of();
    private long bytes;

    /**
     * Starts the threads.
     *
     * @param display the display that images are made for
     * @param loader reads pictures
     * @param threads number of decoding threads, at least 1
     * @param cacheBytes most bytes of pixels that are kept, beside those in sight
     * @param onArrival called on the UI thread when new pictures can be drawn
     */
    public ThumbnailPipeline(
            Display display, ThumbnailLoader loader, int threads, long cacheBytes, Runnable onArrival) {
        this.display = display;
        this.loader = loader;
        this.cacheBytes = cacheBytes;
        this.onArrival = onArrival;
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "thumbnails-" + i); // $NON-NLS-1$
            worker.setDaemon(true);
            worker.setPriority(Thread.MIN_PRIORITY + 1);
            worker.start();
            workers.add(worker);
        }
    }

    /**
     * Replaces the pictures to decode.
     *
     * @param requests the most urgent first
     */
    public void want(List<Request> requests) {
        wanted = new HashSet<>(requests);
        synchronized (lock) {
            queue.clear();
            for (Request request : requests) {
                if (!cache.containsKey(request) && !inWork.contains(request)) {
                    queue.add(request);
                }
            }
            if (!queue.isEmpty()) {
                lock.notifyAll();
            }
        }
    }

    /**
     * The picture, if it is there.
     *
     * @param request key and size
     * @return the image, which belongs to the cache; null when it is on its way or broken
     */
    public Image get(Request request) {
        Entry entry = cache.get(request);
        return entry == null ? null : entry.image();
    }

    /**
     * Whether a picture was tried and could not be read.
     *
     * @param request key and size
     * @return true when it is broken
     */
    public boolean broken(Request request) {
        Entry entry = cache.get(request);
        return entry != null && entry.image() == null;
    }

    /** {@return bytes of pixels in the cache} */
    public long cachedBytes() {
        return bytes;
    }

    /** {@return whether nothing is waiting, being decoded or being delivered} */
    public boolean idle() {
        synchronized (lock) {
            return queue.isEmpty() && inWork.isEmpty() && arrivals.isEmpty();
        }
    }

    /** Forgets all pictures, for instance because files have changed. */
    public void clear() {
        synchronized (lock) {
            queue.clear();
        }
        cache.values().forEach(ThumbnailPipeline::dispose);
        cache.clear();
        bytes = 0;
    }

    /** Ends the threads and frees all images. */
    public void close() {
        synchronized (lock) {
            closed = true;
            queue.clear();
            lock.notifyAll();
        }
        workers.forEach(Thread::interrupt);
        clear();
    }

    private void work() {
        while (true) {
            Request request;
            synchronized (lock) {
                while (queue.isEmpty() && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // only close() interrupts, and it has set the flag that ends the loop
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                request = queue.poll();
                inWork.add(request);
            }
            ImageData data = decode(request);
            arrivals.add(new Arrival(request, data));
            deliverSoon();
        }
    }

    private ImageData decode(Request request) {
        try {
            return loader.load(request.key(), request.size());
        } catch (IOException | SWTException | IllegalArgumentException e) {
            // a broken file is shown as such in its cell; the loader's owner reports it where it is imported
            return null;
        }
    }

    private void deliverSoon() {
        if (delivering.compareAndSet(false, true) && !display.isDisposed()) {
            try {
                display.asyncExec(this::deliver);
            } catch (SWTException e) {
                if (!display.isDisposed()) {
                    throw e;
                }
            }
        }
    }

    private void deliver() {
        delivering.set(false);
        long end = System.nanoTime() + SLICE_NANOS;
        boolean news = false;
        for (Arrival a = arrivals.poll(); a != null; a = arrivals.poll()) {
            synchronized (lock) {
                inWork.remove(a.request());
                if (closed) {
                    return;
                }
            }
            put(a);
            news = true;
            if (System.nanoTime() > end) {
                break;
            }
        }
        if (!arrivals.isEmpty()) {
            deliverSoon();
        }
        if (news) {
            onArrival.run();
        }
    }

    private void put(Arrival a) {
        Image image = a.data() == null ? null : new Image(display, a.data());
        long size = a.data() == null ? 64 : 4L * a.data().width * a.data().height;
        Entry old = cache.put(a.request(), new Entry(image, size));
        bytes += size;
        if (old != null) {
            bytes -= old.bytes();
            dispose(old);
        }
        Iterator<Map.Entry<Request, Entry>> eldest = cache.entrySet().iterator();
        while (bytes > cacheBytes && eldest.hasNext()) {
            Map.Entry<Request, Entry> e = eldest.next();
            if (!wanted.contains(e.getKey()) && !e.getKey().equals(a.request())) {
                bytes -= e.getValue().bytes();
                dispose(e.getValue());
                eldest.remove();
            }
        }
    }

    private static void dispose(Entry entry) {
        if (entry.image() != null) {
            entry.image().dispose();
        }
    }
}
