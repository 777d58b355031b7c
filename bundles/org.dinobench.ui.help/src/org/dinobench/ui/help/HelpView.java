package org.dinobench.ui.help;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dinobench.ui.help.page.HelpLibrary;
import org.dinobench.ui.help.page.HelpPage;
import org.dinobench.ui.help.page.Reader;
import org.eclipse.help.HelpSystem;
import org.eclipse.help.IToc;
import org.eclipse.help.ITopic;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ITreeContentProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The guide: its contents with a search above, and the page beside or below. */
public final class HelpView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.help.view"; // $NON-NLS-1$

    private static final String PREFIX = "/org.dinobench.ui.help/"; // $NON-NLS-1$

    private final HelpLibrary library = new HelpLibrary();
    private SashForm sash;
    private Text search;
    private TreeViewer topics;
    private Reader reader;

    @Override
    public void createPartControl(Composite parent) {
        sash = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
        Composite left = new Composite(sash, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 6).applyTo(left);
        search = new Text(left, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        search.setMessage(Messages.Help_Search);
        search.addListener(SWT.Modify, e -> topics.refresh());
        search.addListener(SWT.Modify, e -> topics.expandAll());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(search);
        topics = new TreeViewer(left, SWT.SINGLE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(topics.getControl());
        topics.setContentProvider(new Topics());
        topics.setLabelProvider(LabelProvider.createTextProvider(t -> ((ITopic) t).getLabel()));
        topics.setFilters(new Search());
        topics.setInput(guide());
        topics.addSelectionChangedListener(e -> {
            if (e.getStructuredSelection().getFirstElement() instanceof ITopic topic && topic.getHref() != null) {
                reader.open(topic.getHref());
            }
        });
        reader = new Reader(sash, library);
        sash.addListener(SWT.Resize, e -> arrange());
        arrange();
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        showContents();
    }

    /** Narrow, as a column at the side, the page goes below the contents. */
    private void arrange() {
        boolean wide = sash.getClientArea().width > 620;
        sash.setOrientation(wide ? SWT.HORIZONTAL : SWT.VERTICAL);
        sash.setWeights(wide ? new int[] {28, 72} : new int[] {30, 70});
    }

    private static List<ITopic> guide() {
        return Arrays.stream(HelpSystem.getTocs())
                .filter(toc -> toc.getHref().startsWith(PREFIX))
                .map(IToc::getTopics)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** Shows the first page of the guide, when no page is shown yet. */
    public void showContents() {
        topics.expandToLevel(2);
        List<ITopic> guide = guide();
        if (!guide.isEmpty()) {
            topics.setSelection(new StructuredSelection(guide.get(0)), true);
        }
    }

    /** Says that the place has no help of its own. */
    public void showNoContext() {
        show(new HelpPage(
                "", //$NON-NLS-1$
                List.of(new org.dinobench.ui.help.markdown.Block.Paragraph(Messages.Help_NoContext))));
    }

    /** Shows a page. */
    public void show(HelpPage page) {
        reader.show(page, ""); // $NON-NLS-1$
    }

    /** Opens an address of the guide. */
    public void open(String href) {
        reader.open(href);
    }

    /** Puts the cursor into the search field. */
    public void search() {
        search.setFocus();
    }

    /** Lists only what has all of these words. */
    public void search(String words) {
        search.setText(words);
    }

    /** {@return the reader, for tests} */
    public Reader reader() {
        return reader;
    }

    /** {@return the labels of the topics that the list shows now, for tests} */
    public List<String> listed() {
        topics.expandAll();
        return Arrays.stream(topics.getVisibleExpandedElements())
                .map(t -> ((ITopic) t).getLabel())
                .toList();
    }

    @Override
    public void setFocus() {
        topics.getControl().setFocus();
    }

    private final class Search extends ViewerFilter {
        @Override
        public boolean select(Viewer viewer, Object parent, Object element) {
            List<String> words = Arrays.stream(
                            search.getText().toLowerCase(Locale.ROOT).split("\\s+")) // $NON-NLS-1$
                    .filter(w -> !w.isEmpty())
                    .toList();
            return words.isEmpty() || fits((ITopic) element, words);
        }

        private boolean fits(ITopic topic, List<String> words) {
            String href = topic.getHref();
            boolean own = href != null
                    && library.page(href)
                            .map(page -> page.has(HelpLibrary.anchor(href), words))
                            .orElse(false);
            return own || Arrays.stream(topic.getSubtopics()).anyMatch(t -> fits(t, words));
        }
    }

    private static final class Topics implements ITreeContentProvider {
        @Override
        public Object[] getElements(Object input) {
            return ((List<?>) input).toArray();
        }

        @Override
        public Object[] getChildren(Object parent) {
            return ((ITopic) parent).getSubtopics();
        }

        @Override
        public Object getParent(Object element) {
            return null;
        }

        @Override
        public boolean hasChildren(Object element) {
            return ((ITopic) element).getSubtopics().length > 0;
        }
    }
}
