/** The manifests of deploy/kubernetes and deploy/compose against what they must fit. */
@NullMarked
package io.andon.manifests;

import org.jspecify.annotations.NullMarked;
