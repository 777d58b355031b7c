package org.dinobench.app.workbench.intro;

import java.nio.file.Path;
import java.util.List;
import org.dinobench.app.workbench.Messages;
import org.dinobench.app.workbench.command.RecentWorkspaces;
import org.dinobench.app.workbench.command.WorkspaceSwitch;
import org.dinobench.ui.common.parts.ActionCard;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PerspectiveAdapter;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.IntroPart;

/** The welcome page: what Dinobench is for, and the doors to it. */
public final class WelcomePart extends IntroPart {
    private static final int LOGO = 64;
    private static final int PAGE_WIDTH = 760;

    private ScrolledComposite scroll;
    private Composite page;
    private ActionCard first;

    @Override
    public void createPartControl(Composite parent) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        Composite ground = new Composite(scroll, SWT.NONE);
        ground.setBackgroundMode(SWT.INHERIT_FORCE);
        GridLayoutFactory.fillDefaults().margins(32, 40).applyTo(ground);
        scroll.setContent(ground);
        page = new Composite(ground, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 20).applyTo(page);
        GridDataFactory.swtDefaults()
                .align(SWT.CENTER, SWT.CENTER)
                .grab(true, true)
                .hint(PAGE_WIDTH, SWT.DEFAULT)
                .applyTo(page);
        Fonts fonts = new Fonts(page);
        head(fonts);
        cards();
        recent(fonts);
        ground.addListener(SWT.Paint, e -> recolor(ground));
        scroll.addListener(
                SWT.Resize, e -> scroll.setMinSize(ground.computeSize(scroll.getClientArea().width, SWT.DEFAULT)));
        PlatformUI.getWorkbench().getHelpSystem().setHelp(scroll, "org.dinobench.app.welcome"); // $NON-NLS-1$
        // who chooses a perspective wants to see it
        IWorkbenchWindow window = getIntroSite().getWorkbenchWindow();
        PerspectiveAdapter leave = new PerspectiveAdapter() {
            @Override
            public void perspectiveActivated(IWorkbenchPage active, IPerspectiveDescriptor perspective) {
                close();
            }
        };
        window.addPerspectiveListener(leave);
        scroll.addListener(SWT.Dispose, e -> window.removePerspectiveListener(leave));
    }

    private void head(Fonts fonts) {
        Composite head = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(20, 6).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        Image logo = new Image(head.getDisplay(), (ImageDataProvider)
                zoom -> Icons.DINOBENCH.descriptor().getImageData(zoom * LOGO / 16));
        head.addListener(SWT.Dispose, e -> logo.dispose());
        Label picture = new Label(head, SWT.NONE);
        picture.setImage(logo);
        GridDataFactory.fillDefaults().span(1, 2).align(SWT.CENTER, SWT.CENTER).applyTo(picture);
        Label title = new Label(head, SWT.NONE);
        title.setFont(fonts.title());
        title.setText(Messages.Welcome_Title);
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.END).grab(true, true).applyTo(title);
        Label subtitle = new Label(head, SWT.WRAP);
        subtitle.setText(Messages.Welcome_Subtitle);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(PAGE_WIDTH - LOGO - 20, SWT.DEFAULT)
                .applyTo(subtitle);
    }

    private void cards() {
        Composite cards = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .equalWidth(true)
                .spacing(14, 14)
                .applyTo(cards);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(cards);
        first = card(
                cards,
                Icons.QUICKSTART,
                Messages.Welcome_Quickstart,
                Messages.Welcome_QuickstartText,
                () -> command("org.dinobench.app.quickstart")); // $NON-NLS-1$
        card(
                cards,
                Icons.IMPORT,
                Messages.Welcome_Import,
                Messages.Welcome_ImportText,
                () -> command("org.dinobench.ui.curator.import")); // $NON-NLS-1$
        card(
                cards,
                Icons.RUN,
                Messages.Welcome_Train,
                Messages.Welcome_TrainText,
                () -> command("org.dinobench.ui.trainer.newRun")); // $NON-NLS-1$
        card(
                cards,
                Icons.WORKSPACE,
                Messages.Welcome_OpenWorkspace,
                Messages.Welcome_OpenWorkspaceText,
                () -> command("org.dinobench.app.openWorkspace")); // $NON-NLS-1$
    }

    private static ActionCard card(Composite parent, Icons icon, String title, String text, Runnable action) {
        ActionCard card = new ActionCard(parent, icon, title, text);
        card.onSelect(action);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint((PAGE_WIDTH - 14) / 2, SWT.DEFAULT)
                .applyTo(card);
        return card;
    }

    private void recent(Fonts fonts) {
        Label heading = new Label(page, SWT.NONE);
        heading.setFont(fonts.heading());
        heading.setText(Messages.Welcome_Recent);
        GridDataFactory.fillDefaults().indent(0, 6).applyTo(heading);
        Composite list = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 4).applyTo(list);
        Path here = ActiveWorkspace.get().root();
        Label present = new Label(list, SWT.NONE);
        present.setText(NLS.bind(Messages.Welcome_Here, here));
        List<Path> others = RecentWorkspaces.list().stream()
                .filter(p -> !p.equals(here))
                .limit(5)
                .toList();
        for (Path other : others) {
            Link link = new Link(list, SWT.NONE);
            link.setText("<a>" + other + "</a>"); // $NON-NLS-1$ //$NON-NLS-2$
            link.addListener(SWT.Selection, e -> WorkspaceSwitch.to(other));
        }
        if (others.isEmpty()) {
            new Label(list, SWT.NONE).setText(Messages.Welcome_NoRecent);
        }
        Composite foot = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(18, 0).applyTo(foot);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(foot);
        Label way = new Label(foot, SWT.NONE);
        way.setText(Messages.Welcome_Way);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(way);
        Link steps = new Link(foot, SWT.NONE);
        steps.setText("<a>" + Messages.Welcome_SixSteps + "</a>"); // $NON-NLS-1$ //$NON-NLS-2$
        steps.addListener(SWT.Selection, e -> command("org.dinobench.ui.help.sixSteps")); // $NON-NLS-1$
        Link go = new Link(foot, SWT.NONE);
        go.setText("<a>" + Messages.Welcome_GoToWorkbench + "</a>"); // $NON-NLS-1$ //$NON-NLS-2$
        go.addListener(SWT.Selection, e -> close());
    }

    private void command(String id) {
        close();
        Commands.run(id);
    }

    private void close() {
        PlatformUI.getWorkbench().getIntroManager().closeIntro(this);
    }

    private static void recolor(Composite ground) {
        Palette palette = Palette.of(ground.getParent().getParent());
        if (!palette.canvas().equals(ground.getBackground())) {
            ground.setBackground(palette.canvas());
            recolorTexts(ground, palette);
        }
    }

    private static void recolorTexts(Composite parent, Palette palette) {
        for (Control child : parent.getChildren()) {
            if (child instanceof ActionCard) {
                continue;
            }
            child.setBackground(palette.canvas());
            if (child instanceof Label) {
                child.setForeground(palette.text());
            }
            if (child instanceof Composite composite) {
                recolorTexts(composite, palette);
            }
        }
    }

    @Override
    public void standbyStateChanged(boolean standby) {
        // the page looks the same in both states
    }

    @Override
    public void setFocus() {
        first.setFocus();
    }
}
