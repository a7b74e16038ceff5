/** As much of Kustomize as the manifests use. */
@NullMarked
package io.andon.manifests.kustomize;

import org.jspecify.annotations.NullMarked;
