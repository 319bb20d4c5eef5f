/** Holds the rendered manifests to the Kubernetes model, the design and the code. */
@NullMarked
package dev.allsquare.kubernetes;

import org.jspecify.annotations.NullMarked;
