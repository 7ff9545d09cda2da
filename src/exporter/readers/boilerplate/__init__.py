"""What belongs to the site and not to the article: menus, share bars, promotions."""
