using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.Staff;

/// <summary>
/// The employees of a lender. Only people may manage them: an API token that could add a manager would outlive its
/// revocation.
/// </summary>
public static class StaffRoutes
{
    internal static readonly PathId<UserId> StaffId = new("staffId");

    public static void AddStaff(this IServiceCollection services)
    {
        services.AddSingleton<StaffChanges>();
        services.AddSingleton<StaffWrites>();
    }

    public static void MapStaff(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: staff");
        officers.Get<ListStaff>("admin/staff", Manager, Scopes.None);
        officers.Post<InviteStaff>("admin/staff", Manager, Scopes.None);
        officers.Get<GetStaffMember>($"admin/staff/{StaffId}", Manager, Scopes.None);
        officers.Put<ChangeStaff>($"admin/staff/{StaffId}", Manager, Scopes.None);
        officers.Put<DisableStaff>($"admin/staff/{StaffId}/disable", Manager, Scopes.None);
        officers.Put<EnableStaff>($"admin/staff/{StaffId}/enable", Manager, Scopes.None);
        officers.Put<UnlockStaff>($"admin/staff/{StaffId}/unlock", Manager, Scopes.None);
        officers.Put<ResetStaffSignIn>($"admin/staff/{StaffId}/reset-sign-in", Manager, Scopes.None);
    }
}
