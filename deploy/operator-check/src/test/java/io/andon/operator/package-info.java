/** The FlinkDeployment in front of the Flink operator's own code. */
@NullMarked
package io.andon.operator;

import org.jspecify.annotations.NullMarked;
