package org.dinobench.ui.help.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.ui.help.markdown.Block;
import org.dinobench.ui.help.markdown.MarkdownReader;
import org.eclipse.core.runtime.ILog;
import org.eclipse.help.IContext;
import org.eclipse.help.IContext2;
import org.eclipse.help.IHelpResource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The pages inside this bundle, by the addresses that tables of contents and contexts use. */
public final class HelpLibrary {
    private static final int LARGEST_PAGE = 1 << 20;

    private final Bundle bundle = FrameworkUtil.getBundle(HelpLibrary.class);
    private final Map<String, Optional<HelpPage>> pages = new HashMap<>();

    /**
     * The page at an address.
     *
     * @param href such as {@code /org.dinobench.ui.help/docs/user-guide.md#curate}
     * @return the page, empty when it is not in this bundle
     */
    public Optional<HelpPage> page(String href) {
        String path = path(href);
        return pages.computeIfAbsent(path, this::read);
    }

    /** {@return the heading that an address names, empty for the top of the page} */
    public static String anchor(String href) {
        int at = href.indexOf('#');
        return at < 0 ? "" : href.substring(at + 1); // $NON-NLS-1$
    }

    /**
     * A file beside a page.
     *
     * @param page the page
     * @param file relative to it
     * @return where it is, empty when it is not there
     */
    public Optional<URL> beside(HelpPage page, String file) {
        return Optional.ofNullable(bundle.getEntry(sibling(page.href(), file)));
    }

    /** {@return the address of a link on a page; that of a place on the web stays as it is} */
    public static String resolve(HelpPage page, String link) {
        if (link.contains("://") || link.startsWith("/")) { // $NON-NLS-1$ //$NON-NLS-2$
            return link;
        }
        return link.startsWith("#") ? page.href() + link : sibling(page.href(), link); // $NON-NLS-1$
    }

    /**
     * A page about a place of the workbench: what it is, and where the guide says more.
     *
     * @param context the help on that place
     * @param moreWords stands above the links
     * @return the page
     */
    public static HelpPage about(IContext context, String moreWords) {
        List<Block> blocks = new ArrayList<>();
        String title = context instanceof IContext2 titled ? titled.getTitle() : null;
        if (title != null) {
            blocks.add(new Block.Heading(2, title, "")); // $NON-NLS-1$
        }
        for (String paragraph : context.getText().split("\n\n")) { // $NON-NLS-1$
            blocks.add(new Block.Paragraph(paragraph.replaceAll("\\s+", " ").strip())); // $NON-NLS-1$ //$NON-NLS-2$
        }
        List<String> links = new ArrayList<>();
        for (IHelpResource topic : context.getRelatedTopics()) {
            links.add("[" + topic.getLabel() + "](" + topic.getHref() + ")"); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        }
        if (!links.isEmpty()) {
            blocks.add(new Block.Paragraph(moreWords));
            blocks.add(new Block.Items(links, false));
        }
        return new HelpPage("", blocks); // $NON-NLS-1$
    }

    private static String sibling(String href, String file) {
        String folder = href.substring(0, href.lastIndexOf('/') + 1);
        return folder + file;
    }

    private String path(String href) {
        String path = href.replaceFirst("#.*", ""); // $NON-NLS-1$ //$NON-NLS-2$
        String own = "/" + bundle.getSymbolicName() + "/"; // $NON-NLS-1$ //$NON-NLS-2$
        return path.startsWith(own) ? path.substring(own.length() - 1) : path;
    }

    private Optional<HelpPage> read(String path) {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = entry.openStream()) {
            String text = new String(in.readNBytes(LARGEST_PAGE), StandardCharsets.UTF_8);
            return Optional.of(new HelpPage(path, MarkdownReader.read(text)));
        } catch (IOException e) {
            ILog.of(HelpLibrary.class).error("A page of the guide cannot be read: " + path, e); // $NON-NLS-1$
            return Optional.empty();
        }
    }
}
