namespace Paydown.Server.Notices;

/// <summary>Reads the address of a mail server: <c>smtp://user:password@host:port</c>.</summary>
public static class MailAddresses
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>What is wrong with an address, without its password; null if it is right.</summary>
    public static string? FindProblem(string text) =>
        TryRead(text, out _) ? null : "It is not the address of a mail server, such as smtp://user@mail.example:587.";

    /// <summary>The address without its password.</summary>
    public static string WithoutPassword(string text) =>
        TryRead(text, out var server) && server!.UserInfo.Contains(':', StringComparison.Ordinal)
            ? text.Replace(server.UserInfo, server.UserInfo.Split(':')[0] + ":…", StringComparison.Ordinal)
            : text;

    /// <summary>The options of mail.</summary>
    /// <param name="server">The address of the mail server, which was checked; null to write files.</param>
    /// <param name="from">The sender; empty for the contact address of each lender.</param>
    /// <param name="folder">The folder of the files.</param>
    public static MailOptions Read(string? server, string from, string folder)
    {
        var options = new MailOptions { From = from.Length > 0 ? from : null, Folder = folder };
        if (server is null || !TryRead(server, out var read))
            return options;
        var user = read!.UserInfo.Split(':', 2);
        var port =
            read.Port > 0 ? read.Port
            : read.Scheme == "smtps" ? TlsPort
            : SubmissionPort;
        return options with
        {
            Server = new UriBuilder(read.Scheme, read.Host, port) { UserName = user[0] }.Uri,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }

    private static bool TryRead(string text, out Uri? server) =>
        Uri.TryCreate(text, UriKind.Absolute, out server)
        && server is { Scheme: "smtp" or "smtps", Host.Length: > 0, PathAndQuery: "" or "/" };
}
