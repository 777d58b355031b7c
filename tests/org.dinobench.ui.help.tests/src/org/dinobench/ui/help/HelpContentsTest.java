package org.dinobench.ui.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dinobench.ui.help.markdown.Block;
import org.dinobench.ui.help.page.HelpLibrary;
import org.dinobench.ui.help.page.HelpPage;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Views;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.eclipse.help.HelpSystem;
import org.eclipse.help.IContext;
import org.eclipse.help.IHelpResource;
import org.eclipse.help.IToc;
import org.eclipse.help.ITopic;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HelpContentsTest {
    @TempDir
    private Path folder;

    private final HelpLibrary library = new HelpLibrary();

    private static Document xml(String path) throws Exception {
        Bundle bundle = Platform.getBundle("org.dinobench.ui.help");
        try (InputStream in = FileLocator.openStream(bundle, new org.eclipse.core.runtime.Path(path), false)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private void check(String href, List<String> faults) {
        HelpPage page = library.page(href).orElse(null);
        String anchor = HelpLibrary.anchor(href);
        if (page == null) {
            faults.add("no page " + href);
        } else if (!anchor.isEmpty()
                && page.blocks().stream()
                        .noneMatch(
                                b -> b instanceof Block.Heading h && h.anchor().equals(anchor))) {
            faults.add("no heading " + href);
        }
    }

    private void check(ITopic topic, List<String> faults) {
        check(topic.getHref(), faults);
        for (ITopic below : topic.getSubtopics()) {
            check(below, faults);
        }
    }

    @Test
    void everyTopicLeadsToAPlaceInTheGuideAndEveryPictureIsThere() {
        List<String> faults = new ArrayList<>();
        IToc guide = Arrays.stream(HelpSystem.getTocs())
                .filter(toc -> toc.getHref().startsWith("/org.dinobench.ui.help/"))
                .findFirst()
                .orElseThrow();
        assertTrue(guide.getTopics().length >= 8);
        for (ITopic topic : guide.getTopics()) {
            check(topic, faults);
            HelpPage page = library.page(topic.getHref()).orElseThrow();
            for (Block block : page.blocks()) {
                if (block instanceof Block.Picture picture
                        && library.beside(page, picture.file()).isEmpty()) {
                    faults.add("no picture " + picture.file());
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void bothLanguagesExplainTheSamePlacesAndLeadToTheSamePages() throws Exception {
        List<String> faults = new ArrayList<>();
        int places = 0;
        for (IConfigurationElement file :
                Platform.getExtensionRegistry().getConfigurationElementsFor("org.eclipse.help.contexts")) {
            if (!file.getContributor().getName().equals("org.dinobench.ui.help")) {
                continue;
            }
            String path = file.getAttribute("file");
            Document english = xml(path);
            Document german = xml("nl/de/" + path);
            assertEquals(places(english), places(german), path);
            NodeList contexts = english.getElementsByTagName("context");
            for (int i = 0; i < contexts.getLength(); i++) {
                String id = file.getAttribute("plugin") + "." + ((Element) contexts.item(i)).getAttribute("id");
                IContext context = ContextOf.context(id).orElseThrow(() -> new AssertionError("no help on " + id));
                for (IHelpResource topic : context.getRelatedTopics()) {
                    check(topic.getHref(), faults);
                }
                places++;
            }
        }
        assertTrue(places > 25, "only " + places);
        assertEquals(List.of(), faults);
    }

    private static TreeSet<String> places(Document contexts) {
        TreeSet<String> places = new TreeSet<>();
        NodeList topics = contexts.getElementsByTagName("topic");
        for (int i = 0; i < topics.getLength(); i++) {
            Element topic = (Element) topics.item(i);
            places.add(((Element) topic.getParentNode()).getAttribute("id") + " " + topic.getAttribute("href"));
        }
        return places;
    }

    @Test
    void theSixStepsRunCommandsThatExist() throws Exception {
        for (String path : List.of("cheatsheets/six-steps.xml", "nl/de/cheatsheets/six-steps.xml")) {
            NodeList commands = xml(path).getElementsByTagName("command");
            assertEquals(6, commands.getLength());
            ICommandService service = PlatformUI.getWorkbench().getService(ICommandService.class);
            for (int i = 0; i < 6; i++) {
                var command = service.deserialize(((Element) commands.item(i)).getAttribute("serialization"));
                assertTrue(command.getCommand().isDefined(), command.getId());
            }
        }
    }

    @Test
    void theGuideOpensAtAHeadingIsSearchedAndGoesBack() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            HelpView help = views.open(HelpView.ID, HelpView.class);
            assertEquals("Using the workbench", help.reader().page().title());
            help.open("/org.dinobench.ui.help/docs/export.md#import");
            views.robot().settle(100);
            assertEquals("Export and import", help.reader().page().title());
            views.picture(help, "help-export");
            help.reader().back();
            assertEquals("Using the workbench", help.reader().page().title());
            views.picture(help, "help-guide");
            int all = help.listed().size();
            help.search("sinkhorn");
            views.robot().settle(100);
            assertTrue(help.listed().size() < all, help.listed().toString());
            assertFalse(help.listed().isEmpty());
            help.open("/org.dinobench.ui.help/docs/none.md");
            assertTrue(HelpPage.words(help.reader().page().blocks().get(0)).contains("none.md"));
        }
    }
}
