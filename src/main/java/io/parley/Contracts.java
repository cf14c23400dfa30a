package io.parley;

import io.parley.accounts.AccountsApi;
import io.parley.accounts.DeparturesApi;
import io.parley.accounts.ExportsApi;
import io.parley.accounts.IdentityApi;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.StaffApi;
import io.parley.audit.AuditApi;
import io.parley.bus.Contract;
import io.parley.contacts.ContactsApi;
import io.parley.limits.LimitsApi;
import io.parley.log.AuthorsApi;
import io.parley.log.CensusApi;
import io.parley.log.FleetingApi;
import io.parley.log.LogApi;
import io.parley.log.PicksApi;
import io.parley.log.ThreadsApi;
import io.parley.messages.MessagesApi;
import io.parley.presence.PresenceApi;
import io.parley.rooms.InvitesApi;
import io.parley.rooms.ModerationApi;
import io.parley.rooms.ReadersApi;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.RoomsApi;
import io.parley.rooms.SettingsApi;
import io.parley.search.SearchApi;
import io.parley.threads.FollowsApi;
import java.util.List;

/** Everything that nodes say to each other. */
final class Contracts {
  static final List<Contract> ALL =
      List.of(
          AccountsApi.CONTRACT,
          SessionsApi.CONTRACT,
          StaffApi.CONTRACT,
          AuditApi.CONTRACT,
          ProfilesApi.CONTRACT,
          DeparturesApi.CONTRACT,
          ExportsApi.CONTRACT,
          ContactsApi.CONTRACT,
          IdentityApi.CONTRACT,
          RoomsApi.CONTRACT,
          ModerationApi.CONTRACT,
          InvitesApi.CONTRACT,
          SettingsApi.CONTRACT,
          RequestsApi.CONTRACT,
          ReadersApi.CONTRACT,
          LogApi.CONTRACT,
          FleetingApi.CONTRACT,
          PicksApi.CONTRACT,
          ThreadsApi.CONTRACT,
          FollowsApi.CONTRACT,
          AuthorsApi.CONTRACT,
          CensusApi.CONTRACT,
          MessagesApi.CONTRACT,
          SearchApi.CONTRACT,
          PresenceApi.CONTRACT,
          LimitsApi.CONTRACT);

  private Contracts() {}
}
