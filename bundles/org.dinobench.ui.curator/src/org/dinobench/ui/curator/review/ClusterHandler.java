package org.dinobench.ui.curator.review;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.curator.Reviews;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.view.ClustersView;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.dialogs.IInputValidator;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.dialogs.ElementListSelectionDialog;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens, renames, merges or drops the clusters that are picked in the clusters view, as the extension says. */
public final class ClusterHandler extends AbstractHandler implements IExecutableExtension {
    private String action = ""; // $NON-NLS-1$

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        action = String.valueOf(data);
    }

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActivePart(event) instanceof ClustersView view
                && !view.picked().isEmpty()) {
            Shell shell = HandlerUtil.getActiveShell(event);
            switch (action) {
                case "rename" -> askName(shell, view); // $NON-NLS-1$
                case "merge" -> merge(shell, view); // $NON-NLS-1$
                case "drop" -> drop(view.picked()); // $NON-NLS-1$
                default -> view.open(view.picked().get(0));
            }
        }
        return null;
    }

    private static void askName(Shell shell, ClustersView view) {
        Cluster cluster = view.picked().get(0);
        IInputValidator check = text -> {
            try {
                Reviews.NONE.withClusterName(List.of(""), text); // $NON-NLS-1$
                return null;
            } catch (BadInputException e) {
                return e.getMessage();
            }
        };
        InputDialog dialog = new InputDialog(
                shell,
                Messages.Clusters_Rename,
                NLS.bind(Messages.Clusters_RenameText, ClusterTitle.of(cluster)),
                cluster.name().isEmpty() ? cluster.label() : cluster.name(),
                check);
        if (dialog.open() == Window.OK) {
            rename(view.dataset(), cluster, dialog.getValue());
        }
    }

    /** Gives a cluster a name; an empty one takes it away. */
    public static void rename(DatasetDirectory dataset, Cluster cluster, String name) {
        if (!cluster.name().equals(name.strip())) {
            new RenameOperation(dataset, cluster, name).perform();
        }
    }

    private static void merge(Shell shell, ClustersView view) {
        List<Cluster> picked = view.picked();
        if (picked.size() == 1) {
            picked = ask(shell, view, picked.get(0));
        }
        if (picked.size() > 1) {
            merge(view.dataset(), picked);
            view.unmark();
        }
    }

    /** Merges clusters into the first. @param clusters at least two */
    public static void merge(DatasetDirectory dataset, List<Cluster> clusters) {
        new MergeOperation(dataset, clusters.get(0), clusters.subList(1, clusters.size())).perform();
    }

    /** With one cluster picked, a list of the others asks which ones belong to it. */
    private static List<Cluster> ask(Shell shell, ClustersView view, Cluster into) {
        ElementListSelectionDialog dialog = new ElementListSelectionDialog(shell, new LabelProvider() {
            @Override
            public String getText(Object element) {
                return element instanceof Cluster cluster
                        ? ClusterTitle.of(cluster)
                                + " \u2013 " // $NON-NLS-1$
                                + NLS.bind(
                                        Messages.Clusters_Images,
                                        Words.count(cluster.images().size()))
                        : ""; //$NON-NLS-1$
            }
        });
        dialog.setTitle(Messages.Clusters_Merge);
        dialog.setMessage(NLS.bind(Messages.Clusters_MergeText, ClusterTitle.of(into)));
        dialog.setMultipleSelection(true);
        dialog.setElements(view.clusters().stream()
                .filter(c -> c.number() != into.number())
                .toArray());
        List<Cluster> chosen = new ArrayList<>(List.of(into));
        if (dialog.open() == Window.OK) {
            for (Object element : dialog.getResult()) {
                chosen.add((Cluster) element);
            }
        }
        return chosen;
    }

    /** Drops all images of clusters, as one decision. @param clusters at least one */
    public static void drop(List<Cluster> clusters) {
        List<ImageElement> images = clusters.stream()
                .flatMap(c -> c.images().stream())
                // what the curation has dropped may come back with another one, so a person's word is put on it, too
                .filter(i -> i.entry().keep() || !i.entry().decidedByPerson())
                .toList();
        if (!images.isEmpty()) {
            String name =
                    String.join(", ", clusters.stream().map(ClusterTitle::of).toList()); // $NON-NLS-1$
            new KeepOperation(images, false, NLS.bind(Messages.Clusters_ReasonDrop, name), name).perform();
        }
    }
}
