package dev.allsquare.payment;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.allsquare.testing.ServiceWalls;

@AnalyzeClasses(packages = "dev.allsquare", importOptions = DoNotIncludeTests.class)
class PaymentArchitectureTest {

  @ArchTest static final ArchTests walls = ArchTests.in(ServiceWalls.class);
}
