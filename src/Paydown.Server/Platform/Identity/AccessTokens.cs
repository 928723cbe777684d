using System.Diagnostics.CodeAnalysis;

namespace Paydown.Server.Platform.Identity;

/// <summary>Issues and checks access tokens.</summary>
public sealed class AccessTokens
{
    /// <summary>Who a token speaks for. False where it is malformed, forged, expired or revoked.</summary>
    public bool TryAuthenticate(string token, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        return false;
    }
}
