using System.Text.Json.Serialization;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Identity;

/// <summary>A sign-in with all its tokens.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct SessionId(Guid Value) : IId<SessionId>
{
    public static SessionId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An API token. It acts as a user and is revoked as a session, both with the same id.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct ApiTokenId(Guid Value) : IId<ApiTokenId>
{
    public static ApiTokenId Of(Guid value) => new(value);

    /// <summary>The token as the actor of its requests.</summary>
    public UserId AsUser => new(Value);

    /// <summary>The token as a session that can be revoked.</summary>
    public SessionId AsSession => new(Value);

    public override string ToString() => Value.ToString();
}

/// <summary>An access token of a session.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct AccessTokenId(Guid Value) : IId<AccessTokenId>
{
    public static AccessTokenId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A failed sign-in, or a wrong transaction PIN.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct FailureId(Guid Value) : IId<FailureId>
{
    public static FailureId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A key that signs access tokens.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct SigningKeyId(Guid Value) : IId<SigningKeyId>
{
    public static SigningKeyId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
