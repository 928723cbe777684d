using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The employees who may sign in.</summary>
public sealed record StaffModel(Page<StaffMember> Page);

/// <summary>Lists, invites and changes employees.</summary>
internal static class StaffPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var page = await call.Api.Staff.GetPageAsync(call.Position, 25, call.Cancelled);
        return PageAnswer.Show<StaffView, StaffModel>("Staff", new(page));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (form, staff, cancelled) = (call.Form, call.Api.Staff, call.Cancelled);
        if (form.Act == "invite")
        {
            var invited = Definition(form);
            await staff.InviteAsync(invited, form.Key, cancelled);
            return Done();
        }

        var id = form.Chosen("staff");
        form.ThrowIfWrong();
        await (
            form.Act switch
            {
                "change" => staff.ChangeAsync(id, Definition(form), form.Key, cancelled),
                "disable" => staff.DisableAsync(id, form.Key, cancelled),
                "enable" => staff.EnableAsync(id, form.Key, cancelled),
                "unlock" => staff.UnlockAsync(id, form.Key, cancelled),
                "reset" => staff.ResetSignInAsync(id, form.Key, cancelled),
                _ => throw new PageMissingException(),
            }
        );
        return Done();
    }

    private static StaffDefinition Definition(PageForm form)
    {
        var definition = new StaffDefinition
        {
            Email = form.Required("email", "Enter the e-mail address."),
            FirstName = form.Required("firstName", "Enter the first name."),
            LastName = form.Required("lastName", "Enter the last name."),
            Role = form.Word<UserRole>("role"),
        };
        form.ThrowIfWrong();
        return definition;
    }

    private static PageAnswer Done() => PageAnswer.Go("/office/settings/staff?done=ok");
}
