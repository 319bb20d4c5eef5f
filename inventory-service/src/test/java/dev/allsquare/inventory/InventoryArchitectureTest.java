package dev.allsquare.inventory;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.allsquare.testing.ServiceWalls;
import dev.allsquare.testing.WithoutTests;

@AnalyzeClasses(packages = "dev.allsquare", importOptions = WithoutTests.class)
class InventoryArchitectureTest {

  @ArchTest static final ArchTests walls = ArchTests.in(ServiceWalls.class);
}
