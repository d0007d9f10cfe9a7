package dev.daybook.interop;

import java.util.List;

/** The official client and ours on official bookies. */
class OfficialBookiesTest extends WritingModeCases {
    @Override
    List<ChildProcess> startBookies(Programs programs, String metadataUri) {
        return List.of(
                programs.officialBookie(metadataUri, Programs.freePort()),
                programs.officialBookie(metadataUri, Programs.freePort()),
                programs.officialBookie(metadataUri, Programs.freePort()));
    }
}
