/** Stand-ins for what only a cluster has: object storage, and Kubernetes' API. */
@NullMarked
package io.andon.images.standin;

import org.jspecify.annotations.NullMarked;
