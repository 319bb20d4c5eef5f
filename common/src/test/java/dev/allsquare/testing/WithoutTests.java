package dev.allsquare.testing;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** ArchUnit's own option knows the folder of tests, and not the jar that Maven packs it into. */
public final class WithoutTests implements ImportOption {

  private static final ImportOption FOLDERS = new DoNotIncludeTests();

  @Override
  public boolean includes(Location location) {
    return FOLDERS.includes(location) && !location.contains("-tests.jar");
  }
}
