using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace Paydown.Server.Tests.Pages;

/// <summary>
/// A browser without scripts: it keeps the cookie of the session, says which site a form comes from, and follows no
/// redirect.
/// </summary>
internal sealed class TestBrowser(Uri address, string? host = null)
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 64,
        }
    );

    public TestBrowser(TestServer server)
        : this(server.Address) { }

    /// <summary>The cookie as it is sent; null if there is none.</summary>
    public string? Cookie { get; set; }

    /// <summary>Signs a user of a test lender in.</summary>
    public static async Task<TestBrowser> SignInAsync(TestUser user, TestServer server)
    {
        var browser = new TestBrowser(server);
        var answer = await browser.SignInAsync($"{user.UserId}@test.example");
        answer.Status.ShouldBe(303, answer.Html);
        return browser;
    }

    /// <summary>Sends the form of the sign-in.</summary>
    public Task<PageReply> SignInAsync(string email, string password = TestOrganisation.Password, string next = "") =>
        SubmitAsync("/sign-in", ("email", email), ("currentPassword", password), ("next", next));

    /// <summary>The same session on another server.</summary>
    public TestBrowser On(TestServer other) => new(other.Address) { Cookie = Cookie };

    public Task<PageReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, form: null);

    /// <summary>Opens a page, types into its form, and sends it.</summary>
    public async Task<PageReply> SubmitAsync(string path, params (string Name, string Value)[] typed) =>
        await PostAsync(path, await FillAsync(path, typed));

    /// <summary>Opens a page, and returns its form with what is typed into it.</summary>
    public async Task<Dictionary<string, string>> FillAsync(string path, params (string Name, string Value)[] typed)
    {
        var form = (await GetAsync(path)).Hidden;
        foreach (var (name, value) in typed)
            form[name] = value;
        return form;
    }

    /// <summary>Sends a form.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="site">What the browser says of the site that the form comes from; null for nothing.</param>
    /// <param name="origin">The origin that the browser names; null for none.</param>
    public Task<PageReply> PostAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> form,
        string? site = "same-origin",
        string? origin = null
    ) => SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), site, origin);

    public async Task<PageReply> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? form,
        string? site = "same-origin",
        string? origin = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = form };
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.Headers.Host = host;
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await Http.SendAsync(request);
        var reply = new PageReply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Location?.OriginalString,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase)
        );
        if (reply.SetCookie is { } set)
            Cookie = set.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)
                ? null
                : set.Split(';')[0];
        return reply;
    }
}

/// <summary>What a browser gets.</summary>
internal sealed partial record PageReply(
    int Status,
    string Html,
    string? Location,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>The cookie that the browser is to keep; null if there is none.</summary>
    public string? SetCookie => Headers.GetValueOrDefault("Set-Cookie");

    /// <summary>The hidden fields of the forms of the page, as the browser sends them.</summary>
    public Dictionary<string, string> Hidden =>
        HiddenField()
            .Matches(Html)
            .GroupBy(hidden => hidden.Groups["name"].Value)
            .ToDictionary(
                group => group.Key,
                group => WebUtility.HtmlDecode(group.Last().Groups["value"].Value),
                StringComparer.Ordinal
            );

    /// <summary>All fields of the page's forms with their values, as the browser sends them.</summary>
    public Dictionary<string, string> Fields
    {
        get
        {
            var fields = Hidden;
            foreach (Match input in Input().Matches(Html))
            {
                var attributes = Attribute()
                    .Matches(input.Groups["rest"].Value)
                    .ToDictionary(one => one.Groups["name"].Value, one => one.Groups["value"].Value);
                var isBox = attributes.GetValueOrDefault("type") == "checkbox";
                if (attributes.TryGetValue("name", out var name) && (!isBox || attributes.ContainsKey("checked")))
                    fields[name] = WebUtility.HtmlDecode(attributes.GetValueOrDefault("value", ""));
            }

            foreach (Match area in Area().Matches(Html))
                fields[area.Groups["name"].Value] = WebUtility.HtmlDecode(area.Groups["value"].Value).TrimStart('\n');
            foreach (Match select in Select().Matches(Html))
            {
                var options = Option().Matches(select.Groups["options"].Value);
                var chosen = options.FirstOrDefault(one => one.Value.Contains(" selected")) ?? options[0];
                fields[select.Groups["name"].Value] = WebUtility.HtmlDecode(chosen.Groups["value"].Value);
            }

            return fields;
        }
    }

    /// <summary>The text of the page without its markup and without the navigation.</summary>
    public string Text =>
        Spaces()
            .Replace(WebUtility.HtmlDecode(Markup().Replace(Html[Math.Max(0, Html.IndexOf("<main"))..], " ")), " ")
            .Trim();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value(="(?<value>[^"]*)")?\s*/?>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<input(?<rest>[^>]*)>")]
    private static partial Regex Input();

    [GeneratedRegex("""\s(?<name>[a-z-]+)(="(?<value>[^"]*)")?""")]
    private static partial Regex Attribute();

    [GeneratedRegex("""<textarea[^>]* name="(?<name>[^"]*)"[^>]*>(?<value>[^<]*)</textarea>""")]
    private static partial Regex Area();

    [GeneratedRegex("""<select[^>]* name="(?<name>[^"]*)"[^>]*>(?<options>.*?)</select>""", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("""<option value(="(?<value>[^"]*)")?[^>]*>""")]
    private static partial Regex Option();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
