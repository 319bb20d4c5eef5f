package dev.allsquare.order;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.allsquare.testing.ServiceWalls;

@AnalyzeClasses(packages = "dev.allsquare", importOptions = DoNotIncludeTests.class)
class OrderArchitectureTest {

  @ArchTest static final ArchTests walls = ArchTests.in(ServiceWalls.class);
}
