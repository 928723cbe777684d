using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages;

/// <summary>
/// Handles every request for a page: who asks, whether the form comes from this site, what the page shows or does, and
/// what a refusal looks like.
/// </summary>
public sealed class PageEndpoint(IPageHost host, PageRenderer renderer)
{
    // A wrong password or code is 401 too, and the session goes on.
    private const string SessionLost = "AUTH_REQUIRED";

    // A browser that asks for an address without a page.
    private static readonly PageRoute Missing = new(
        "",
        PageAccess.Anyone,
        _ => Task.FromResult(ErrorPage.Of(StatusCodes.Status404NotFound, null))
    );

    /// <summary>Answers a request for an address that is not the API's and has no page.</summary>
    public Task HandleMissingAsync(HttpContext http) => HandleAsync(http, Missing);

    /// <summary>Answers a request for a page.</summary>
    public async Task HandleAsync(HttpContext http, PageRoute route)
    {
        PageCall? call = null;
        try
        {
            var user = await host.FindUserAsync(http);
            call = new PageCall(http, host, route, user, user?.Lender.Name ?? await host.FindLenderNameAsync(http));
            await SendAsync(call, await AnswerAsync(call));
        }
#pragma warning disable CA1031 // Whatever fails, the browser gets a page that says so.
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The browser has left, so there is nothing to send.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var status = host.LogFailure(http, exception);
            await SendAsync(call ?? new PageCall(http, host, route, null, null), ErrorPage.Of(status, null));
        }
        finally
        {
            call?.Close();
        }
    }

    private static async Task<PageAnswer> AnswerAsync(PageCall call)
    {
        var isPost = HttpMethods.IsPost(call.Http.Request.Method);
        if (isPost && !SameSite.IsOwn(call.Http.Request))
            return ErrorPage.Of(403, "This form was sent by another site. Nothing was done.");
        if (Closed(call) is { } closed)
            return closed;
        try
        {
            return isPost ? await PostAsync(call) : await call.Route.Show(call);
        }
        catch (PageMissingException)
        {
            call.Form = new();
            return ErrorPage.Of(404, null);
        }
        catch (PaydownRefusedException refused) when (refused.Code == SessionLost)
        {
            // Without the cookie, the next page asks to sign in.
            await call.EndSessionAsync();
            return PageAnswer.Go(SignInAddress(call));
        }
        catch (PaydownRefusedException refused)
        {
            // What was wrong with the form is not the page's matter any more.
            call.Form = new();
            return ErrorPage.Of((int)refused.Status, refused.Message, refused.RetryAfter);
        }
    }

    private static PageAnswer? Closed(PageCall call)
    {
        if ((call.Route.Access & PageAccess.Anyone) != PageAccess.None)
            return null;
        if (call.User is not { } user)
            return PageAnswer.Go(SignInAddress(call));
        if (!user.MayOpen(call.Route.Access))
            return ErrorPage.Of(403, null);
        return user.MustSetUpSecondFactor && !call.Route.SetsUpSecondFactor ? PageAnswer.Go("/me/second-factor") : null;
    }

    private static async Task<PageAnswer> PostAsync(PageCall call)
    {
        if (call.Route.Post is not { } post)
            return ErrorPage.Of(405, null);
        try
        {
            call.Form = await PageForm.ReadAsync(call.Http, call.Route.FormBytesMax);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return ErrorPage.Of(
                413,
                $"What was sent is larger than {call.Route.FormBytesMax / 1024} KiB. Nothing was done."
            );
        }

        if (call.User is { } user && !IsEqual(call.Form.Secret(PageForm.TokenField), user.FormToken))
            return ErrorPage.Of(403, "This form belongs to an earlier sign-in. Open the page again. Nothing was done.");
        try
        {
            return await post(call);
        }
        catch (PaydownRefusedException refused) when (refused.Code != SessionLost)
        {
            call.Form.Refuse(refused);
            return await ShowAgainAsync(call);
        }
        catch (PageFormException)
        {
            return await ShowAgainAsync(call);
        }
    }

    private static async Task<PageAnswer> ShowAgainAsync(PageCall call)
    {
        var shown = await call.Route.Show(call);
        return shown.With(call.Form.Status);
    }

    private static string SignInAddress(PageCall call) =>
        HttpMethods.IsPost(call.Http.Request.Method)
            ? "/sign-in"
            : $"/sign-in?next={Uri.EscapeDataString(call.Address)}";

    private static bool IsEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private async Task SendAsync(PageCall call, PageAnswer answer)
    {
        var response = call.Http.Response;
        PageHeaders.Add(response, call.Http.Request);
        response.StatusCode = answer.Status;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
            return;
        }

        if (answer.File is { } file)
        {
            response.ContentType = file.ContentType;
            response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
            await response.BodyWriter.WriteAsync(file.Content, call.Cancelled);
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        var html = await renderer.RenderAsync(call, answer);
        response.ContentLength = html.Length;
        if (!HttpMethods.IsHead(call.Http.Request.Method))
            await response.BodyWriter.WriteAsync(html, call.Cancelled);
    }
}
