package org.dinobench.app.workbench;

import org.dinobench.ui.common.theme.Icons;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.ICoolBarManager;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.actions.ActionFactory.IWorkbenchAction;
import org.eclipse.ui.actions.ContributionItemFactory;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;

/** The skeleton of the menu bar; the bundles contribute their commands to it by extension. */
final class DinobenchActionBarAdvisor extends ActionBarAdvisor {
    private IWorkbenchAction quit;
    private IWorkbenchAction preferences;
    private IWorkbenchAction resetPerspective;
    private IWorkbenchAction closePart;
    private IWorkbenchAction intro;
    private IWorkbenchAction selectAll;
    private IWorkbenchAction copy;
    private IWorkbenchAction cut;
    private IWorkbenchAction paste;
    private IWorkbenchAction undo;
    private IWorkbenchAction redo;
    private IWorkbenchAction find;
    private IWorkbenchAction save;
    private IWorkbenchWindow window;

    DinobenchActionBarAdvisor(IActionBarConfigurer configurer) {
        super(configurer);
    }

    @Override
    protected void makeActions(IWorkbenchWindow owner) {
        window = owner;
        quit = register(ActionFactory.QUIT);
        preferences = register(ActionFactory.PREFERENCES);
        resetPerspective = register(ActionFactory.RESET_PERSPECTIVE);
        closePart = register(ActionFactory.CLOSE);
        selectAll = register(ActionFactory.SELECT_ALL);
        copy = register(ActionFactory.COPY);
        cut = register(ActionFactory.CUT);
        paste = register(ActionFactory.PASTE);
        undo = register(ActionFactory.UNDO);
        redo = register(ActionFactory.REDO);
        find = register(ActionFactory.FIND);
        save = register(ActionFactory.SAVE);
        // registers the command's handler; the menu item below brings its own icon, the platform's has none here
        register(ActionFactory.ABOUT);
        if (owner.getWorkbench().getIntroManager().hasIntro()) {
            intro = register(ActionFactory.INTRO);
        }
    }

    @Override
    protected void fillMenuBar(IMenuManager bar) {
        MenuManager file = new MenuManager(Messages.Menu_File, IWorkbenchActionConstants.M_FILE);
        file.add(new GroupMarker(IWorkbenchActionConstants.FILE_START));
        file.add(new GroupMarker(IWorkbenchActionConstants.NEW_EXT));
        file.add(new Separator(IWorkbenchActionConstants.OPEN_EXT));
        file.add(new Separator(IWorkbenchActionConstants.SAVE_GROUP));
        file.add(save);
        file.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        file.add(new Separator(IWorkbenchActionConstants.FILE_END));
        file.add(quit);
        bar.add(file);

        MenuManager edit = new MenuManager(Messages.Menu_Edit, IWorkbenchActionConstants.M_EDIT);
        edit.add(new GroupMarker(IWorkbenchActionConstants.EDIT_START));
        edit.add(undo);
        edit.add(redo);
        edit.add(new Separator());
        edit.add(cut);
        edit.add(copy);
        edit.add(paste);
        edit.add(selectAll);
        edit.add(new Separator(IWorkbenchActionConstants.FIND_EXT));
        edit.add(find);
        edit.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        bar.add(edit);

        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));

        MenuManager windowMenu = new MenuManager(Messages.Menu_Window, IWorkbenchActionConstants.M_WINDOW);
        MenuManager views = new MenuManager(Messages.Menu_ShowView);
        views.add(ContributionItemFactory.VIEWS_SHORTLIST.create(window));
        windowMenu.add(views);
        MenuManager perspectives = new MenuManager(Messages.Menu_Perspective);
        perspectives.add(ContributionItemFactory.PERSPECTIVES_SHORTLIST.create(window));
        windowMenu.add(perspectives);
        windowMenu.add(resetPerspective);
        windowMenu.add(closePart);
        windowMenu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        windowMenu.add(new Separator());
        windowMenu.add(preferences);
        bar.add(windowMenu);

        MenuManager help = new MenuManager(Messages.Menu_Help, IWorkbenchActionConstants.M_HELP);
        if (intro != null) {
            help.add(intro);
        }
        help.add(new Separator("dinobench.help")); // $NON-NLS-1$
        help.add(new Separator());
        CommandContributionItemParameter about = new CommandContributionItemParameter(
                window, null, IWorkbenchCommandConstants.HELP_ABOUT, CommandContributionItem.STYLE_PUSH);
        about.icon = Icons.DINOBENCH.descriptor();
        about.label = Messages.Menu_About;
        help.add(new CommandContributionItem(about));
        bar.add(help);
    }

    @Override
    protected void fillCoolBar(ICoolBarManager bar) {
        bar.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }

    private IWorkbenchAction register(ActionFactory factory) {
        IWorkbenchAction action = factory.create(window);
        register(action);
        return action;
    }
}
