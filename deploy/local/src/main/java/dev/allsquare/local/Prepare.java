package dev.allsquare.local;

import java.io.IOException;
import java.util.List;

/** The end of a build: takes apart what would otherwise be taken apart by the first start. */
final class Prepare {

  private Prepare() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PostgresArchive.unpacked(Home.find());
    AtOnce.forEach(List.of(ServiceKind.values()), kind -> ServiceImage.of(Home.find(), kind));
  }
}
