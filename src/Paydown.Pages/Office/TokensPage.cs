using System.Reflection;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The API tokens.</summary>
/// <param name="Page">One page of them.</param>
/// <param name="New">The token that was just created: it is shown once.</param>
public sealed record TokensModel(Page<ApiToken> Page, NewApiToken? New);

/// <summary>Lists, creates and revokes API tokens.</summary>
internal static class TokensPage
{
    /// <summary>All scopes of the API.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
    [
        .. typeof(ApiScopes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    public static Task<PageAnswer> ShowAsync(PageCall call) => ShowAsync(call, null);

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        if (form.Act == "revoke")
        {
            var id = form.Chosen("token");
            form.ThrowIfWrong();
            await call.Api.Administration.RevokeApiTokenAsync(id, form.Key, call.Cancelled);
            return PageAnswer.Go("/office/settings/tokens?done=ok");
        }

        var order = new ApiTokenOrder
        {
            Name = form.Required("name", "Give it a name."),
            Scopes = [.. Scopes.Where(scope => form.IsTicked(scope))],
            ExpiresInDays = form.Whole("expiresInDays"),
        };
        if (order.Scopes.Count == 0)
            form.Refuse(Scopes[0], "Choose what it may do.");
        form.ThrowIfWrong();
        return await ShowAsync(
            call,
            await call.Api.Administration.CreateApiTokenAsync(order, form.Key, call.Cancelled)
        );
    }

    private static async Task<PageAnswer> ShowAsync(PageCall call, NewApiToken? made)
    {
        var page = await call.Api.Administration.GetApiTokenPageAsync(call.Position, 25, call.Cancelled);
        return PageAnswer.Show<TokensView, TokensModel>("API tokens", new(page, made));
    }
}
