"""Whether a bundle has a place in a profile: its region, and practice apart from work."""

from fichaat.application.ports.bundles import OpenBundle
from fichaat.application.ports.rows import Profile
from fichaat.domain.errors import UserFacingError


def demand_place(bundle: OpenBundle, profile: Profile) -> None:
    """A bundle that has no place here is still read to its end: only then is it said intact.

    Raises:
        UserFacingError: the bundle is of another region, or mixes practice and work; or the first
            record that is not what its place says.
    """
    info = bundle.info
    if info.region == profile.region and info.practice == profile.practice:
        return
    for _ in bundle.records():
        pass
    if info.region != profile.region:
        raise UserFacingError("bundle.other_region", region=info.region, propia=profile.region)
    raise UserFacingError("bundle.practice" if info.practice else "bundle.not_practice")
