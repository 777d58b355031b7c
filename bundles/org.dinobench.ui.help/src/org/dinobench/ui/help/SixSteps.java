package org.dinobench.ui.help;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.dinobench.ui.help.markdown.Block;
import org.dinobench.ui.help.page.HelpPage;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.Path;
import org.osgi.framework.FrameworkUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The cheat sheet, in the file format of the platform's cheat sheets, in the language of the workbench. The platform's
 * own view of such files does not work without its browser help, which this product does without.
 *
 * @param page what it says; links are {@code step:N}
 * @param commands for each step what it runs, as {@code ICommandService.deserialize} reads it
 */
public record SixSteps(HelpPage page, List<String> commands) {
    private static final String FILE = "$nl$/cheatsheets/six-steps.xml"; // $NON-NLS-1$

    /** Keeps a copy. */
    public SixSteps {
        commands = List.copyOf(commands);
    }

    /**
     * Reads the sheet.
     *
     * @return the sheet
     * @throws IOException when it cannot be read
     */
    public static SixSteps read() throws IOException {
        try (InputStream in = FileLocator.openStream(FrameworkUtil.getBundle(SixSteps.class), new Path(FILE), true)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return of(factory.newDocumentBuilder().parse(in));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static SixSteps of(Document document) {
        Element root = document.getDocumentElement();
        List<Block> blocks = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        blocks.add(new Block.Heading(2, root.getAttribute("title"), "")); // $NON-NLS-1$ //$NON-NLS-2$
        blocks.add(new Block.Paragraph(
                words((Element) root.getElementsByTagName("intro").item(0)))); // $NON-NLS-1$
        NodeList items = root.getElementsByTagName("item"); // $NON-NLS-1$
        for (int i = 0; i < items.getLength(); i++) {
            Element item = (Element) items.item(i);
            String title = (i + 1) + ". " + item.getAttribute("title"); // $NON-NLS-1$ //$NON-NLS-2$
            blocks.add(new Block.Heading(3, title, "")); // $NON-NLS-1$
            blocks.add(new Block.Paragraph(words(item)));
            blocks.add(new Block.Paragraph("[\u25B8 " + Messages.Steps_Do + "](step:" + i + ")")); // $NON-NLS-1$
            Element command = (Element) item.getElementsByTagName("command").item(0); // $NON-NLS-1$
            commands.add(command.getAttribute("serialization")); // $NON-NLS-1$
        }
        return new SixSteps(new HelpPage("", blocks), commands); // $NON-NLS-1$
    }

    private static String words(Element element) {
        return element.getElementsByTagName("description")
                .item(0)
                .getTextContent()
                .strip(); // $NON-NLS-1$
    }
}
