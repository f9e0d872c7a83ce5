"""What is done about keys: requests, regions, devices."""

from functools import cached_property

from fichaat.application.region.approve_devices import ApproveDevices
from fichaat.application.region.believe_region import AcceptRegion, OpenRegion
from fichaat.application.region.change_devices import RelieveDevice, RenewCredential, RevokeDevice
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.devices import ReadDevices
from fichaat.application.region.read_region import ReadRegion
from fichaat.application.region.requests import ReadRequest
from fichaat.application.region_recovery import KeepRegionSlot
from fichaat.application.request_credential import RequestCredential
from fichaat.bootstrap.open_folder import OpenFolder
from fichaat.system.chosen_target import demand_bundle_place


class RegionJobs(OpenFolder):
    """See `session.RegionJobs`."""

    @cached_property
    def request(self) -> RequestCredential:
        from fichaat.bundle import names

        return RequestCredential(
            self.here, self._adapters.bundle_writer, names, demand_bundle_place
        )

    @cached_property
    def create_region(self) -> CreateRegion:
        adapters = self._adapters
        return CreateRegion(self.here, adapters.trust, adapters.region_keys, adapters.write_file)

    @cached_property
    def open_region(self) -> OpenRegion:
        return OpenRegion(self.here)

    @cached_property
    def accept_region(self) -> AcceptRegion:
        return AcceptRegion(self.here, self._adapters.trust)

    @cached_property
    def read_region(self) -> ReadRegion:
        return ReadRegion(self.here, self._adapters.trust)

    @cached_property
    def read_request(self) -> ReadRequest:
        return ReadRequest(self.here, self._reader)

    @cached_property
    def devices(self) -> ReadDevices:
        return ReadDevices(self.here, self._adapters.trust)

    @cached_property
    def approve_devices(self) -> ApproveDevices:
        return ApproveDevices(self.here, self._adapters.trust)

    @cached_property
    def renew_credential(self) -> RenewCredential:
        return RenewCredential(self.here)

    @cached_property
    def revoke_device(self) -> RevokeDevice:
        return RevokeDevice(self.here)

    @cached_property
    def relieve_device(self) -> RelieveDevice:
        return RelieveDevice(self.here)

    @cached_property
    def keep_region_slot(self) -> KeepRegionSlot:
        return KeepRegionSlot(self.here, self._slots, self._adapters.region_slots)
