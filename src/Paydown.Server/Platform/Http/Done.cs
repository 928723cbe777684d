namespace Paydown.Server.Platform.Http;

/// <summary>The data of a response that has nothing but its message.</summary>
public sealed record Done;
