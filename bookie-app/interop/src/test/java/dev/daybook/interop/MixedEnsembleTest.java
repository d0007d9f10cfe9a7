package dev.daybook.interop;

import java.util.List;

/** Both clients on ensembles of both kinds of bookie. */
class MixedEnsembleTest extends WritingModeCases {
    @Override
    List<ChildProcess> startBookies(Programs programs, String metadataUri) {
        return List.of(
                programs.officialBookie(metadataUri, Programs.freePort()),
                programs.bookie(metadataUri, Programs.freePort()),
                programs.officialBookie(metadataUri, Programs.freePort()));
    }
}
