package org.pixelforest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the code against the table of allowed arrows in docs/ARCHITECTURE.md. */
class ArrowsTest {

    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.of(
            "image", List.of(),
            "io", List.of("image", "hdf5"),
            "prepare", List.of("image"),
            "filter", List.of("image"),
            "feature", List.of("image", "filter"),
            "label", List.of("image"),
            "forest", List.of(),
            "classify", List.of("image", "filter", "feature", "label", "forest"),
            "export", List.of("image", "feature", "label", "classify"),
            "project", List.of("image", "feature", "filter", "label", "forest", "classify", "export", "hdf5")));

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheTableAllows() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.pixelforest");
        return MAY_USE.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String[] allowed = Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
                            .map(p -> "org.pixelforest." + p)
                            .toArray(String[]::new);
                    DescribedPredicate<JavaClass> foreign =
                            resideInAnyPackage("org.pixelforest..").and(resideOutsideOfPackages(allowed));
                    noClasses()
                            .that()
                            .resideInAPackage("org.pixelforest." + name)
                            .should()
                            .dependOnClassesThat(foreign)
                            .because("org.pixelforest." + name + " may use only " + Arrays.toString(allowed))
                            .allowEmptyShould(true)
                            .check(classes);
                }));
    }
}
