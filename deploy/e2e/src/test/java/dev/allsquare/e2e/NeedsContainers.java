package dev.allsquare.e2e;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out what only containers can do where the system runs as processes: a test that was never
 * meant to run there is not one that was skipped.
 */
public final class NeedsContainers implements PostDiscoveryFilter {

  static final String TAG = "containers";

  @Override
  public FilterResult apply(TestDescriptor test) {
    boolean needed = test.getTags().contains(TestTag.create(TAG));
    return FilterResult.includedIf(!needed || Where.chosen() == Where.CONTAINERS);
  }
}
