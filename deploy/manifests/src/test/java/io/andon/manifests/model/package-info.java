/** Manifests as the operators' own published classes. */
@NullMarked
package io.andon.manifests.model;

import org.jspecify.annotations.NullMarked;
