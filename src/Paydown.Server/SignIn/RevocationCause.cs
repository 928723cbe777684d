using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>Why a session ended before it expired.</summary>
public enum RevocationCause
{
    /// <summary>The user signed out.</summary>
    Logout,

    /// <summary>A spent refresh token was used again, so it may have been stolen.</summary>
    TokenReused,

    /// <summary>The user ended it from another session.</summary>
    Ended,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>A manager disabled the user, reset the sign-in, or gave the user another role.</summary>
    ByManager,
}
