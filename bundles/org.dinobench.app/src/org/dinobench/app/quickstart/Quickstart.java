package org.dinobench.app.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.CatalogSort;
import org.dinobench.core.catalog.ImportReport;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.dinobench.core.provenance.Provenance;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.curator.Curation;
import org.dinobench.curator.CurationResult;
import org.dinobench.curator.embed.Embedders;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.export.ExportRequest;
import org.dinobench.evaluation.export.ExportResult;
import org.dinobench.evaluation.export.HfExporter;
import org.dinobench.evaluation.export.RunCard;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.imaging.OpenCvImageProbe;
import org.dinobench.imaging.augment.EvalTransform;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.trainer.LabelledImage;
import org.dinobench.trainer.Pretraining;
import org.dinobench.trainer.TrainingResult;

/**
 * From a folder of images to an exported model and a report: import, near-duplicates and clusters, training,
 * evaluation against two baselines, pictures, export. Every number it reports is computed on the way.
 */
public final class Quickstart {
    private static final int STAGES = 7;
    private static final int PICTURES = 6;
    private static final long SEED = 0;

    private final QuickstartOptions options;
    private final Embedders embedders;

    /** @param embedders the models that curation may embed with */
    public Quickstart(QuickstartOptions options, Embedders embedders) {
        this.options = options;
        this.embedders = embedders;
    }

    /**
     * Runs all stages. What an earlier call imported and embedded is not done again.
     *
     * @throws BadInputException when the images, the workspace or the preset cannot be used
     * @throws StoppedException when stopped; what is complete stays
     */
    public QuickstartResult run(JobMonitor monitor) throws IOException {
        // A preset that does not exist should be told before anything is written.
        TrainSpec wanted = TrainSpecs.load(
                        Optional.of(options.preset()), Optional.empty(), List.of("train.minutes=" + options.minutes()))
                .spec();
        options.images().ifPresent(Quickstart::checkFolder);
        Stages stages = new Stages(monitor, STAGES);
        try (Workspace workspace = Workspace.open(options.workspace())) {
            Imported imported = stages.run("Import", () -> imported(workspace, monitor));
            DatasetDirectory dataset = imported.dataset();
            Catalog catalog = dataset.catalog();
            CurationResult curation = stages.run(
                    "Near-duplicates and clusters", () -> new Curation(dataset, CurationSpec.defaults(), embedders)
                            .run(dataset.curationsFolder().resolve("quickstart"), monitor));
            catalog.exportManifest(dataset.manifestCsv(), dataset.manifestParquet());
            IdenticalPairs identical = IdenticalPairs.of(catalog);
            Optional<LabelledSet> labelled = LabelledImages.of(dataset.name(), catalog, curation);

            String name = Workspace.freeName(workspace.runsFolder(), "quickstart " + dataset.name());
            TrainSpec spec = TrainSpecResolver.resolve(
                            wanted, curation.kept(), Runtime.getRuntime().availableProcessors())
                    .spec();
            RunDirectory run = RunDirectory.create(workspace.runFolder(name), spec);
            TrainingResult training =
                    stages.run("Training", () -> trained(spec, run, dataset, curation, labelled, monitor));
            EvalTransform transform = EvalTransform.squash(spec.crops().globalCropsSize());
            try (LoadedModel model = ModelFiles.open(training.export())) {
                List<KnnReport> knn = stages.run(
                        "Evaluation",
                        () -> labelled.isEmpty()
                                ? List.of()
                                : new BaselineEvaluation(labelled.get(), transform, SEED, workers())
                                        .run(model.network(), monitor));
                Map<String, Path> samples = samples(labelled, catalog);
                Map<String, ModelPictures.Shown> pictures =
                        stages.run("Pictures", () -> pictures(model, samples, monitor));
                ExportResult export = stages.run("Export", () -> new HfExporter()
                        .export(
                                new ExportRequest(
                                        model.network(),
                                        transform,
                                        workspace.exportsFolder().resolve(name + " hf"),
                                        RunCard.of(run.folder()).orElseThrow().card(name, ""),
                                        List.copyOf(samples.values())),
                                monitor));
                return stages.run("Report", () -> new QuickstartReport(
                                workspace.evaluationsFolder().resolve(name),
                                imported.report(),
                                identical,
                                curation,
                                labelled)
                        .write(dataset, run, training, knn, pictures, export, stages.timings()));
            }
        }
    }

    private static int workers() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static void checkFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(
                    folder.toString(),
                    Files.exists(folder) ? "this is no folder" : "there is no such folder",
                    "give --images a folder with images in it");
        }
    }

    /** A dataset and what the import found. */
    private record Imported(DatasetDirectory dataset, ImportReport report) {}

    private Imported imported(Workspace workspace, JobMonitor monitor) throws IOException {
        Path folder;
        LabelSource labels;
        String name;
        if (options.images().isPresent()) {
            folder = options.images().get().toAbsolutePath().normalize();
            labels = new LabelSource.Folders();
            name = datasetName(folder);
        } else {
            SampleImages.Sample sample = new SampleImages(options.cache().resolve("samples")).fetch(monitor);
            folder = sample.images();
            labels = new LabelSource.Csv(sample.labels());
            name = "sample emoji";
        }
        DatasetDirectory dataset = datasetFor(workspace, name, folder);
        ImportReport report =
                dataset.catalog().importFolder(folder, labels, new OpenCvImageProbe(), workers(), monitor);
        return new Imported(dataset, report);
    }

    /** A dataset of that name that was made from the same folder, or a new one. */
    private static DatasetDirectory datasetFor(Workspace workspace, String name, Path folder) throws IOException {
        DatasetDirectory dataset = workspace.dataset(name);
        if (dataset.exists() && dataset.catalog().exists()) {
            List<CatalogEntry> first = dataset.catalog().page(CatalogFilter.ALL, CatalogSort.PATH, false, 0, 1);
            if (!first.isEmpty() && !Path.of(first.get(0).root()).equals(folder)) {
                dataset = workspace.dataset(Workspace.freeName(workspace.datasetsFolder(), name));
            }
        }
        return dataset.create();
    }

    /** The folder's own name, as far as it can be a dataset's. */
    private static String datasetName(Path folder) {
        String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
        String usable = name.replaceAll("[^\\p{L}\\p{Nd} ._+()-]", "-")
                .replaceAll("^[^\\p{L}\\p{Nd}]+", "")
                .replaceAll("[. ]+$", "");
        return usable.isEmpty() ? "images" : usable.substring(0, Math.min(60, usable.length()));
    }

    private static TrainingResult trained(
            TrainSpec spec,
            RunDirectory run,
            DatasetDirectory dataset,
            CurationResult curation,
            Optional<LabelledSet> labelled,
            JobMonitor monitor)
            throws IOException {
        List<Path> images = new ArrayList<>();
        for (CatalogEntry entry : dataset.catalog().all(CatalogFilter.OK.withKeep(true))) {
            images.add(entry.file());
        }
        List<LabelledImage> known = labelled.map(LabelledSet::images).orElse(List.of()).stream()
                .map(image -> new LabelledImage(image.file(), image.label(), image.group(), image.split()))
                .toList();
        Pretraining.Job job = new Pretraining.Job(
                spec, images, known, run, List.of(Provenance.Input.of("manifest", curation.manifest())));
        TrainingResult result = new Pretraining().run(job, monitor);
        if (!result.finished()) {
            throw new StoppedException("Training was stopped; what is complete stays in " + run.folder());
        }
        return result;
    }

    /** One image of each class, or the first ones where there are no classes. */
    private static Map<String, Path> samples(Optional<LabelledSet> labelled, Catalog catalog) throws IOException {
        Map<String, Path> samples = new LinkedHashMap<>();
        labelled.map(LabelledSet::images).orElse(List.of()).forEach(image -> {
            if (samples.size() < PICTURES) {
                samples.putIfAbsent(image.label(), image.file());
            }
        });
        if (samples.isEmpty()) {
            for (CatalogEntry entry :
                    catalog.page(CatalogFilter.OK.withKeep(true), CatalogSort.PATH, false, 0, PICTURES)) {
                samples.put(entry.path(), entry.file());
            }
        }
        return samples;
    }

    private static Map<String, ModelPictures.Shown> pictures(
            LoadedModel model, Map<String, Path> samples, JobMonitor monitor) throws IOException {
        try {
            return new ModelPictures(model.network()).of(samples, monitor);
        } catch (org.dinobench.imaging.BrokenImageException e) {
            throw new IOException("an image of the dataset can no longer be read: " + e.getMessage(), e);
        }
    }
}
