package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.evaluate.data.StillSet.Still;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static Still picture(String kind, String name) {
    String id = kind + "/" + name;
    return new Still(id, Path.of(id), kind, true, null);
  }

  private static final Still FIRST = picture("crack", "exp1_num_7036.jpg");
  private static final Still NEXT = picture("crack", "exp5_num_7054.jpg");
  private static final Still LAST = picture("crack", "exp2_num_7074.jpg");
  private static final Still FAR = picture("crack", "exp1_num_7300.jpg");
  private static final Still OTHER_KIND = picture("break", "exp1_num_7040.jpg");
  private static final Still UNNUMBERED = picture("crack", "odd.jpg");

  private static final List<Still> ALL = List.of(LAST, FAR, UNNUMBERED, FIRST, OTHER_KIND, NEXT);

  private static Set<String> sharing(int gap, Still picture) {
    return Parts.of(ALL, gap).sharing(Set.of(picture.id()));
  }

  @Test
  void aChainOfSmallStepsIsOnePart() {
    assertThat(sharing(20, FIRST)).containsExactlyInAnyOrder(FIRST.id(), NEXT.id(), LAST.id());
    assertThat(sharing(20, LAST)).containsExactlyInAnyOrder(FIRST.id(), NEXT.id(), LAST.id());
    assertThat(sharing(20, FAR)).containsExactly(FAR.id());
  }

  @Test
  void aStepBeyondTheGapBeginsAnotherPart() {
    assertThat(sharing(19, FIRST)).containsExactlyInAnyOrder(FIRST.id(), NEXT.id());
    assertThat(sharing(19, LAST)).containsExactly(LAST.id());
  }

  @Test
  void neitherAnotherKindNorAPictureWithoutANumberIsOfThePart() {
    assertThat(sharing(20, OTHER_KIND)).containsExactly(OTHER_KIND.id());
    assertThat(sharing(1_000, UNNUMBERED)).containsExactly(UNNUMBERED.id());
  }
}
